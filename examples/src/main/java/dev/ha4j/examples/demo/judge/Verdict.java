package dev.ha4j.examples.demo.judge;

/**
 * What the judge saw since it was last told to begin.
 *
 * @param accepted acts that the storage took
 * @param staleAttempted acts with a token older than the newest seen; the storage refused them
 * @param staleAccepted acts of a process that the storage took although another process had acted with the same token
 * @param overlapNanos the longest time for which acts of two leaders were sent at once, and accepted
 * @param gaps acts that were sent and never arrived
 */
public record Verdict(long accepted, long staleAttempted, long staleAccepted, long overlapNanos, long gaps) {

    static final Verdict NOTHING = new Verdict(0, 0, 0, 0, 0);

    /** Whether no two leaders' acts were accepted together. */
    public boolean isExclusive() {
        return staleAccepted == 0 && overlapNanos == 0;
    }
}
