package dev.ha4j.resources.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was observed of nodes and resources.
 *
 * @param nodes in the order of the record, which decides ties
 * @param tickets attributes of each ticket, by its name
 */
public record Status(List<NodeStatus> nodes, Map<String, Map<String, String>> tickets) {
    public Status {
        nodes = List.copyOf(nodes);
    }

    /**
     * What was observed of a node. The attributes are those of a {@code node_state} as written.
     *
     * @param transientAttributes node attributes that last until the node restarts
     * @param transientUtilization capacity that lasts until the node restarts
     * @param resources history of resources there
     */
    public record NodeStatus(
            Map<String, String> attributes,
            List<AttributeSet> transientAttributes,
            List<AttributeSet> transientUtilization,
            List<ResourceHistory> resources) {
        public NodeStatus {
            resources = List.copyOf(resources);
        }

        public @Nullable String get(String attribute) {
            return attributes.get(attribute);
        }
    }

    /** What was done with a resource on one node. */
    public record ResourceHistory(Map<String, String> attributes, List<OperationRecord> operations) {
        public ResourceHistory {
            operations = List.copyOf(operations);
        }

        public String id() {
            return attributes.getOrDefault("id", "");
        }

        public @Nullable String get(String attribute) {
            return attributes.get(attribute);
        }
    }

    /** The last result of one operation. */
    public record OperationRecord(Map<String, String> attributes) {
        public @Nullable String get(String attribute) {
            return attributes.get(attribute);
        }
    }
}
