package dev.ha4j.api;

/** What a resource is, or is to be, on a node; in rising order. */
public enum Role {
    STOPPED,
    /** Running, for resources that can't be promoted. */
    STARTED,
    /** Running and standing by, for promotable resources. */
    UNPROMOTED,
    /** Running as the one that leads. */
    PROMOTED;

    public boolean isActive() {
        return this != STOPPED;
    }
}
