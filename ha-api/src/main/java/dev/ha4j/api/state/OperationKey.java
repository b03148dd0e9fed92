package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;

/**
 * Which operation, of which resource instance, on which node. Of each, the last run is remembered.
 *
 * @param node where
 * @param resource name of the primitive, or of its instance ({@link dev.ha4j.api.config.InstanceName})
 * @param operation what
 * @param intervalMillis 0 unless it recurs
 */
public record OperationKey(NodeId node, String resource, OperationName operation, long intervalMillis)
        implements Comparable<OperationKey> {

    private static final OperationName FIRST = Collections.min(EnumSet.allOf(OperationName.class));

    /** No key of this resource on this node comes before it. */
    static OperationKey first(NodeId node, String resource) {
        return new OperationKey(node, resource, FIRST, Long.MIN_VALUE);
    }

    public OperationKey {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(operation, "operation");
    }

    /** Whether the resource only hears of something, so that how it ends says nothing of what runs there. */
    public boolean isNotice() {
        return operation == OperationName.NOTIFY;
    }

    /** By node, then by resource: what belongs together is together. */
    @Override
    public int compareTo(OperationKey other) {
        int order = node.compareTo(other.node);
        if (order == 0) {
            order = resource.compareTo(other.resource);
        }
        if (order == 0) {
            order = operation.compareTo(other.operation);
        }
        return order == 0 ? Long.compare(intervalMillis, other.intervalMillis) : order;
    }

    @Override
    public String toString() {
        return resource + "_" + operation + "_" + intervalMillis + "@" + node;
    }
}
