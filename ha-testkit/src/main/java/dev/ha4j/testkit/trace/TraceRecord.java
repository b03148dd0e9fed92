package dev.ha4j.testkit.trace;

import dev.ha4j.api.NodeId;

/**
 * An event, and where it stands.
 *
 * @param atNanos virtual time since the start of the simulation
 * @param sequence number of the record, so that records of one instant have an order
 * @param node whose event it is; 0 for the world's own
 * @param life 1 for the node's first start, rising with each
 */
public record TraceRecord(long atNanos, long sequence, int node, int life, Event event) {

    /** The world itself. */
    public static final int WORLD = 0;

    public NodeId nodeId() {
        return NodeId.of(node);
    }
}
