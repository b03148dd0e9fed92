package dev.ha4j.controller.fencing;

import java.time.Duration;

/** How long a fencing that did not succeed waits for its next attempt. Pure. */
public final class BackOff {

    /** Wait after the first attempt; it doubles with each further one. */
    public static final Duration FIRST = Duration.ofSeconds(1);

    /** The longest wait. Attempts never end by themselves: a target that is not proven down stays so. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** So many attempts are repeated at once when the ring has changed: what they lacked may be there now. */
    static final int AT_ONCE_IN_NEW_EPOCH = 3;

    /** The longest wait after a change of the ring. Where rings change sooner, nothing is fenced until they rest. */
    public static final Duration LONGEST_IN_NEW_EPOCH = Duration.ofSeconds(8);

    private BackOff() {}

    public static Duration after(int attempt) {
        int doublings = Math.min(10, Math.max(0, attempt - 1));
        Duration wait = FIRST.multipliedBy(1L << doublings);
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    /** Wait after the beginning of an epoch in which the operation was found open, so that rings that flap don't fence again and again. */
    public static Duration inNewEpoch(int attempt) {
        if (attempt <= AT_ONCE_IN_NEW_EPOCH) {
            return Duration.ZERO;
        }
        Duration wait = after(attempt - AT_ONCE_IN_NEW_EPOCH);
        return wait.compareTo(LONGEST_IN_NEW_EPOCH) < 0 ? wait : LONGEST_IN_NEW_EPOCH;
    }
}
