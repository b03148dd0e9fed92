package dev.ha4j.corosync.node;

import java.nio.charset.StandardCharsets;

/** A closed process group that this node's process has joined. All methods may be called from any thread. */
public final class CpgGroup implements AutoCloseable {

    /** Longest message; its envelope fits into Corosync's 1 MiB too. */
    public static final int MAX_MESSAGE_BYTES = (1 << 20) - 1_024;

    private final String name;
    private final CorosyncNode node;

    CpgGroup(String name, CorosyncNode node) {
        this.name = name;
        this.node = node;
    }

    public String name() {
        return name(name);
    }

    /** Names are bytes on the wire, and text for people. */
    static String name(String onWire) {
        return new String(onWire.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /**
     * Sends a message to the group; blocks while {@link CorosyncNode#MAX_WAITING_BYTES} wait already. Messages of one thread keep their
     * order. Every member delivers it at the same place of the order, unless this node fails before it could be sent.
     *
     * @param payload not to be changed afterwards; at most {@link #MAX_MESSAGE_BYTES}
     * @throws IllegalStateException if the group is left, or the node closed
     */
    public void send(byte[] payload) throws InterruptedException {
        node.send(name, checked(payload));
    }

    /** The same without waiting; false if there is no room. */
    public boolean trySend(byte[] payload) {
        return node.trySend(name, checked(payload));
    }

    private static byte[] checked(byte[] payload) {
        if (payload.length > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "a message has at most " + MAX_MESSAGE_BYTES + " bytes, not " + payload.length);
        }
        return payload;
    }

    /**
     * Leaves the group behind what was sent before; {@link dev.ha4j.corosync.CpgListener#left} tells when it is done. Does not block.
     * Idempotent.
     */
    @Override
    public void close() {
        node.leave(name);
    }
}
