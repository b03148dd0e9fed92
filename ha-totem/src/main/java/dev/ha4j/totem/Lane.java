package dev.ha4j.totem;

/**
 * Send queues of a ring, each with bounds of its own ({@link RingLimits#laneBytes()}, {@link RingLimits#laneMessages()}). Whenever
 * the token is here, a lane is sent only as far as those before it leave room; so the last one waits for as long as the others fill
 * the window. A lane keeps its order, and there is none between two lanes. Once ordered, all messages are alike.
 */
public enum Lane {
    /** First: the few small messages in which an application agrees on who takes part. The ring itself does not use it. */
    MEMBERSHIP,
    /** Second: what is not to wait behind bulk. */
    CONTROL,
    /** Last: what is large, or many. */
    BULK
}
