package dev.ha4j.testkit.world;

/** How a simulated resource takes the cluster's orders. */
public enum ResourceBehaviour {
    WELL,
    /** Each operation takes several seconds. */
    SLOW,
    START_FAILS,
    START_HANGS,
    STOP_FAILS,
    STOP_HANGS,
    MONITOR_FAILS,
    MONITOR_HANGS
}
