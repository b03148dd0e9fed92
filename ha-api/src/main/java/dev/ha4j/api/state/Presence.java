package dev.ha4j.api.state;

/** How a configured node stands to the quorate cluster. */
public enum Presence {
    /** In the ring, and its offer was part of the state exchange. */
    MEMBER,
    /** It stopped all it ran and said good-bye. */
    LEFT_CLEANLY,
    /** It vanished, or was never seen since the cluster started: it may still run what it ran. */
    LOST
}
