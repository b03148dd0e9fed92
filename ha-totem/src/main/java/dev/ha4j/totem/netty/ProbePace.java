package dev.ha4j.totem.netty;

/**
 * How long a link may have been sent nothing before it gets a probe.
 *
 * <p>Waking up costs more than sending. So probes go round like the token: the ring's last member begins, and whoever is woken by
 * its predecessor's probe sends its own in the same turn. A member whose predecessor is late begins by itself.
 *
 * @param awakeNanos if the loop is awake anyway
 * @param latestNanos in any case; the loop wakes up for it
 */
record ProbePace(long awakeNanos, long latestNanos) {

    /** To the successor, by the member that begins. */
    static ProbePace begins(long intervalNanos) {
        return new ProbePace(intervalNanos, intervalNanos);
    }

    /** To the successor, by a member that passes on. It waits somewhat longer than the first, or it would overtake it. */
    static ProbePace passesOn(long intervalNanos) {
        return new ProbePace(soon(intervalNanos), intervalNanos + intervalNanos / 8);
    }

    /** To any other node. */
    static ProbePace far(long intervalNanos) {
        return new ProbePace(soon(intervalNanos), intervalNanos);
    }

    /** What is due after an interval may go out after so much of it, together with something else. */
    static long soon(long intervalNanos) {
        return intervalNanos - intervalNanos / 4;
    }
}
