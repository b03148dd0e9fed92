package dev.ha4j.controller.fencing;

import java.time.Duration;

/** How long a fencing that did not succeed waits for its next attempt. Pure. */
public final class BackOff {

    /** Wait after the first attempt; it doubles with each further one. */
    public static final Duration FIRST = Duration.ofSeconds(1);

    /** The longest wait. Attempts never end by themselves: a target that is not proven down stays so. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private BackOff() {}

    public static Duration after(int attempt) {
        int doublings = Math.min(10, Math.max(0, attempt - 1));
        Duration wait = FIRST.multipliedBy(1L << doublings);
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
