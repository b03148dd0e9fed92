package dev.ha4j.api.state;

/** How a fencing operation ended. */
public enum FenceOutcome {
    CONFIRMED,
    FAILED,
    /** It may have been carried out, or may still be. */
    UNKNOWN,
    /** An operator said that the node is down. */
    CONFIRMED_BY_HUMAN,
    /** The node came back, and showed by itself that its earlier life is over. */
    OBSOLETE
}
