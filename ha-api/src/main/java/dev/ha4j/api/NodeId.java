package dev.ha4j.api;

/**
 * Number of a node in its cluster, fixed for the life of the cluster ({@code nodeid} in corosync.conf).
 *
 * @param value 1 to 65,535
 */
public record NodeId(int value) implements Comparable<NodeId> {

    public static final int MAX_VALUE = 65_535;

    public NodeId {
        if (value < 1 || value > MAX_VALUE) {
            throw new IllegalArgumentException("node id must be 1 to " + MAX_VALUE + ", not " + value);
        }
    }

    public static NodeId of(int value) {
        return new NodeId(value);
    }

    @Override
    public int compareTo(NodeId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
