package dev.ha4j.testkit.world;

/** What a simulated fence device makes of an order to switch off. */
public enum FenceBehaviour {
    /** Switches off and says so. */
    PROMPT,
    /** The same, after half of the timeout or more. */
    SLOW,
    /** Says that it did nothing, and did nothing. */
    FAILING,
    /** Switches off, and its answer is lost. */
    DONE_BUT_UNKNOWN,
    /** Doesn't answer in time, and switches off later. */
    LATE,
    /** Never answers, never acts. */
    HANGING,
    /** Says that it switched off, and did nothing. Breaks exclusivity by nature: to be blamed, not tolerated. */
    LYING
}
