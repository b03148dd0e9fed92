package dev.ha4j.totem;

/** What became of a message that the ring has taken to send. */
public enum SendOutcome {
    /** It was delivered here, in its place of the total order. */
    DELIVERED,
    /** It will never be delivered here; whether others have delivered it is unknown. */
    INDETERMINATE
}
