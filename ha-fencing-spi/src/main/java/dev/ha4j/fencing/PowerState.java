package dev.ha4j.fencing;

/** What a device says of a node's power (or of its access, for a fabric device). */
public enum PowerState {
    ON,
    OFF,
    /** The device gave no answer, or one that is neither; never to be read as {@link #OFF}. */
    UNKNOWN
}
