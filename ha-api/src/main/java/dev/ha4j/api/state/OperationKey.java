package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import java.util.Comparator;
import java.util.Objects;

/**
 * Which operation, of which resource instance, on which node. Of each, the last run is remembered.
 *
 * @param node where
 * @param resource name of the primitive; an instance of a unique clone has {@code :n} behind it
 * @param operation what
 * @param intervalMillis 0 unless it recurs
 */
public record OperationKey(NodeId node, String resource, OperationName operation, long intervalMillis)
        implements Comparable<OperationKey> {

    private static final Comparator<OperationKey> ORDER = Comparator.comparing(OperationKey::node)
            .thenComparing(OperationKey::resource)
            .thenComparing(OperationKey::operation)
            .thenComparingLong(OperationKey::intervalMillis);

    public OperationKey {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(operation, "operation");
    }

    @Override
    public int compareTo(OperationKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return resource + "_" + operation + "_" + intervalMillis + "@" + node;
    }
}
