package dev.ha4j.controller;

/** Which of the ring's send queues a message waits in. */
public enum Lane {
    /** Commands, offers, acknowledgements: small, and before all else. */
    CONTROL,
    /** Snapshots, in chunks of at most 64 KiB. */
    BULK
}
