package dev.ha4j.totem;

/** Send queues of a ring, each bounded, drained in this order. */
public enum Lane {
    MEMBERSHIP,
    CONTROL,
    BULK
}
