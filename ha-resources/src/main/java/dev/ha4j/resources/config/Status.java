package dev.ha4j.resources.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** What was done with a resource on one node: the attributes of an {@code lrm_resource} as written, and its operations. */
    public static final class ResourceHistory {
        private final Map<String, String> attributes;
        private final List<OperationRecord> operations;
        private final String id;
        private final @Nullable String standard;
        private final @Nullable String provider;
        private final @Nullable String type;
        private final boolean connection;

        /** Takes attributes, which nobody changes from now on, and operations in any order. */
        public ResourceHistory(Map<String, String> attributes, List<OperationRecord> operations) {
            this.attributes = attributes;
            this.operations = List.copyOf(operations);
            id = attributes.getOrDefault("id", "");
            standard = attributes.get("class");
            provider = attributes.get("provider");
            type = attributes.get("type");
            connection = "remote".equals(type) && "pacemaker".equals(provider) && "ocf".equalsIgnoreCase(standard);
        }

        public Map<String, String> attributes() {
            return attributes;
        }

        public @Nullable String get(String attribute) {
            return attributes.get(attribute);
        }

        public List<OperationRecord> operations() {
            return operations;
        }

        /** The name of the resource there, which for an instance of a clone need not be that of the configuration. */
        public String id() {
            return id;
        }

        /** Whether it was a connection to a remote or guest node. */
        public boolean isOfRemoteConnection() {
            return connection;
        }

        /** Whether this is the agent that did it. */
        public boolean isOfAgent(
                @Nullable String wantedStandard, @Nullable String wantedProvider, @Nullable String wantedType) {
            return Objects.equals(standard, wantedStandard)
                    && Objects.equals(provider, wantedProvider)
                    && Objects.equals(type, wantedType);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ResourceHistory history
                    && attributes.equals(history.attributes)
                    && operations.equals(history.operations);
        }

        @Override
        public int hashCode() {
            return Objects.hash(attributes, operations);
        }

        @Override
        public String toString() {
            return "ResourceHistory" + attributes + operations;
        }
    }

    /**
     * The last result of one operation: the attributes of an {@code lrm_rsc_op} as written, and what every plan reads of them, read
     * once.
     */
    public static final class OperationRecord {
        private static final int NO_CODE = 999;
        private static final int NO_STATUS = -99;

        private final Map<String, String> attributes;
        private final String id;
        private final String task;
        private final long intervalMillis;
        private final int callId;
        private final int rc;
        private final int status;
        private final int expectedRc;
        private final long changedSeconds;

        /** Takes attributes, which nobody changes from now on; any text is accepted, and what can't be read counts as absent. */
        public OperationRecord(Map<String, String> attributes) {
            this.attributes = attributes;
            id = attributes.getOrDefault("id", "");
            // So that comparing it with the names of tasks is comparing references.
            task = attributes.getOrDefault("operation", "").intern();
            intervalMillis = integer("interval", 0);
            callId = (int) integer("call-id", -1);
            rc = (int) integer("rc-code", NO_CODE);
            status = (int) integer("op-status", NO_STATUS);
            expectedRc = expected(attributes.getOrDefault("transition-key", ""));
            changedSeconds = integer("last-rc-change", -1);
        }

        private long integer(String name, long absent) {
            String text = attributes.get(name);
            return text == null ? absent : Scores.parseLong(text).orElse(absent);
        }

        /** The third part of "action:transition:rc:uuid"; -1 if there is none. */
        private static int expected(String transitionKey) {
            int second = transitionKey.indexOf(':', transitionKey.indexOf(':') + 1);
            int third = transitionKey.indexOf(':', second + 1);
            return second < 0 || third < 0
                    ? -1
                    : (int) Scores.parseLong(transitionKey.substring(second + 1, third))
                            .orElse(-1);
        }

        public Map<String, String> attributes() {
            return attributes;
        }

        public @Nullable String get(String attribute) {
            return attributes.get(attribute);
        }

        public String id() {
            return id;
        }

        /** What was done, as in {@code monitor}. */
        public String task() {
            return task;
        }

        /** 0 for what is done once. */
        public long intervalMillis() {
            return intervalMillis;
        }

        /** Rises with each operation on a node; -1 for one that has not ended. */
        public int callId() {
            return callId;
        }

        /** What the agent returned; out of range if that is not known. */
        public int rc() {
            return rc;
        }

        /** How it ended, by Pacemaker's numbers; out of range if that is not known. */
        public int status() {
            return status;
        }

        /** What the agent was expected to return; -1 if that is not known. */
        public int expectedRc() {
            return expectedRc;
        }

        /** When the result came about, in seconds since 1970; -1 if that is not known. */
        public long changedSeconds() {
            return changedSeconds;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OperationRecord record && attributes.equals(record.attributes);
        }

        @Override
        public int hashCode() {
            return attributes.hashCode();
        }

        @Override
        public String toString() {
            return "OperationRecord" + attributes;
        }
    }
}
