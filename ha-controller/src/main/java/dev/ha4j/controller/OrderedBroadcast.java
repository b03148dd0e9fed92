package dev.ha4j.controller;

/** Sends to all members, this node among them, in one total order. Called on the controller's loop; never blocks, never throws. */
@FunctionalInterface
public interface OrderedBroadcast {

    /** Largest payload in bytes. */
    int MAX_PAYLOAD_BYTES = 1 << 20;

    Submission submit(Lane lane, byte[] payload);
}
