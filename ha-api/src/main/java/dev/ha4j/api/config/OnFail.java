package dev.ha4j.api.config;

/** What a failed operation leads to ({@code on-fail}). */
public enum OnFail {
    /** The default of the operation: {@link #FENCE} for stop (or {@link #BLOCK} without fencing), else {@link #RESTART}. */
    DEFAULT,
    IGNORE,
    BLOCK,
    STOP,
    DEMOTE,
    RESTART,
    BAN,
    STANDBY,
    FENCE
}
