package dev.ha4j.examples.demo.judge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Plays the storage that the leaders write to: it takes acts in the order of their arrival and refuses tokens older than the
 * newest that it has seen. It knows nothing of the cluster, so that it can be asked whether the cluster did well. For one
 * thread.
 */
final class Storage {

    /** The answer to one act. */
    enum Answer {
        ACCEPTED,
        /** Accepted, as the first of its token. */
        BEGAN,
        REFUSED
    }

    private final Map<Long, Long> nextSequences = new HashMap<>();
    private Optional<Tenure> newest = Optional.empty();
    private Verdict verdict = Verdict.NOTHING;

    Answer receive(Act act, long arrivedNanos) {
        long missed = missedBefore(act);
        Answer answer = judge(act);
        long overlapNanos = answer == Answer.REFUSED ? 0 : overlapNanos(act);
        boolean doubled = answer == Answer.ACCEPTED && newest.stream().noneMatch(tenure -> tenure.isOf(act));
        verdict = new Verdict(
                verdict.accepted() + (answer == Answer.REFUSED ? 0 : 1),
                verdict.staleAttempted() + (answer == Answer.REFUSED ? 1 : 0),
                verdict.staleAccepted() + (doubled ? 1 : 0),
                Math.max(verdict.overlapNanos(), overlapNanos),
                verdict.gaps() + missed);
        switch (answer) {
            case BEGAN -> newest = Optional.of(Tenure.begunBy(act, arrivedNanos));
            case ACCEPTED -> newest = newest.map(tenure -> tenure.and(act));
            case REFUSED -> {}
        }
        return answer;
    }

    private Answer judge(Act act) {
        if (newest.isEmpty() || act.token() > newest.get().token()) {
            return Answer.BEGAN;
        }
        return act.token() == newest.get().token() ? Answer.ACCEPTED : Answer.REFUSED;
    }

    /** How long another process still acted after this one had begun, or had acted before this act of the same token. */
    private long overlapNanos(Act act) {
        if (newest.isEmpty() || newest.get().isOf(act)) {
            return 0;
        }
        Tenure other = newest.get();
        return act.token() > other.token()
                ? Math.max(0, other.lastSentNanos() - act.sentNanos())
                : Math.max(1, act.sentNanos() - other.firstSentNanos());
    }

    private long missedBefore(Act act) {
        long expected = nextSequences.getOrDefault(act.pid(), act.sequence());
        nextSequences.put(act.pid(), Math.max(expected, act.sequence() + 1));
        return Math.max(0, act.sequence() - expected);
    }

    /** Forgets what was counted, not the newest token. */
    void begin() {
        verdict = Verdict.NOTHING;
    }

    Verdict verdict() {
        return verdict;
    }

    Optional<Tenure> newest() {
        return newest;
    }
}
