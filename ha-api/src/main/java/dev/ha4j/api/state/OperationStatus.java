package dev.ha4j.api.state;

/** How far a run of an operation got. */
public enum OperationStatus {
    /** Ordered, and not answered yet: it may be running. */
    PENDING,
    /** It came to its end, with a return code. */
    DONE,
    CANCELLED,
    /** Nobody knows whether it still runs. */
    TIMED_OUT,
    ERROR
}
