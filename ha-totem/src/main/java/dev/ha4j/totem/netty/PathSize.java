package dev.ha4j.totem.netty;

/**
 * How large datagrams to one peer may be: begins with what every network carries, and asks whether the largest that this
 * host's interface takes arrives. Asks again now and then, for routes change, and at once when something large seems lost.
 */
final class PathSize {

    private static final int UNANSWERED_TO_GIVE_UP = 5;
    private static final int QUIET_INTERVALS = 300;

    /** A path that was given up is tried again after this, then ever more rarely: it may only have been a bad moment. */
    private static final int FIRST_REST_INTERVALS = 25;

    /** Where datagrams of all sizes get lost, there is always a doubt. */
    private static final int INTERVALS_BETWEEN_DOUBTS = 5;

    private final int safeBytes;
    private final int wantedBytes;
    private final long intervalNanos;
    private int provenBytes;
    private int unanswered;
    private int restIntervals = FIRST_REST_INTERVALS;
    private long askAtNanos;
    private long doubtFromNanos;

    /** @param intervalNanos between questions that are not answered; a proof is asked for again after 300 of them */
    PathSize(int safeBytes, int wantedBytes, long intervalNanos, long nowNanos) {
        this.safeBytes = safeBytes;
        this.wantedBytes = Math.max(safeBytes, wantedBytes);
        this.intervalNanos = intervalNanos;
        this.provenBytes = safeBytes;
        this.askAtNanos = nowNanos;
    }

    boolean isDue(long nowNanos) {
        return wantedBytes > safeBytes && askAtNanos - nowNanos <= 0;
    }

    /** The datagram's size to ask about. */
    int ask(long nowNanos) {
        unanswered++;
        if (unanswered > UNANSWERED_TO_GIVE_UP) {
            restIntervals = isProven() ? FIRST_REST_INTERVALS : Math.min(2 * restIntervals, QUIET_INTERVALS);
            provenBytes = safeBytes;
            askLater(restIntervals, nowNanos);
        } else {
            askAtNanos = nowNanos + intervalNanos;
        }
        return wantedBytes;
    }

    /** True if that is more than was proven before. */
    boolean answered(int bytes, long nowNanos) {
        if (bytes != wantedBytes) {
            return false;
        }
        boolean isMore = bytes > provenBytes;
        provenBytes = bytes;
        doubtFromNanos = nowNanos + INTERVALS_BETWEEN_DOUBTS * intervalNanos;
        askLater(QUIET_INTERVALS, nowNanos);
        return isMore;
    }

    /** A message that went to this peer, among others, has to be sent again: its size may be why. True if that is asked now. */
    boolean doubt(long nowNanos) {
        boolean asks = isProven() && unanswered == 0 && doubtFromNanos - nowNanos <= 0 && askAtNanos - nowNanos > 0;
        if (asks) {
            askAtNanos = nowNanos;
        }
        return asks;
    }

    /** The path is gone; where it comes back, it may be another one. */
    void forget() {
        provenBytes = safeBytes;
        unanswered = 0;
    }

    /** The path has come back, but for its size: true if that is asked now. */
    boolean askAgain(long nowNanos) {
        boolean asks = wantedBytes > safeBytes && !isProven() && unanswered == 0 && askAtNanos - nowNanos > 0;
        if (asks) {
            askAtNanos = nowNanos;
        }
        return asks;
    }

    private boolean isProven() {
        return provenBytes > safeBytes;
    }

    private void askLater(int intervals, long nowNanos) {
        unanswered = 0;
        askAtNanos = nowNanos + intervals * intervalNanos;
    }

    int provenBytes() {
        return provenBytes;
    }

    long deadlineNanos() {
        return wantedBytes == safeBytes ? Long.MAX_VALUE : askAtNanos;
    }
}
