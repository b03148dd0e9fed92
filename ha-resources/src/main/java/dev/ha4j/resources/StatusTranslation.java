package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.resources.config.RuntimeFacts;
import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says in Pacemaker's terms what is known of nodes. Who is lost is shown as gone, with nothing done there: what stands against a
 * takeover from it is said by {@link TakeoverFacts}.
 */
final class StatusTranslation {

    /** Since when a node is a member, in seconds since 1970: any time but 1, which means yes, and that is now, which may be 0. */
    private static final String LONG_AGO = "2";

    /** What an attribute of these names means to the engine is said by other parts of the state. */
    private static final List<String> RESERVED =
            List.of("standby", "maintenance", "shutdown", "terminate", "probe_enabled");

    private static final List<String> RESERVED_PREFIXES = List.of("fail-count-", "last-failure-", "master-", "#");

    private final ClusterState state;
    private final Translation translation;
    private final List<RuntimeFacts.UnderWay> underWay = new ArrayList<>();

    StatusTranslation(Translation translation) {
        this.translation = translation;
        this.state = translation.state;
    }

    Status translate() {
        Map<NodeId, Attributes> failures = failures();
        List<Status.NodeStatus> nodes = new ArrayList<>();
        for (Map.Entry<NodeId, String> node : translation.nodes.entrySet()) {
            NodeId id = node.getKey();
            boolean member = state.node(id).isMember();
            nodes.add(new Status.NodeStatus(
                    presence(id, node.getValue(), member),
                    member
                            ? attributes(id, failures.getOrDefault(id, new Attributes()))
                                    .sets("status-" + id)
                            : List.of(),
                    List.of(),
                    member ? histories(id, node.getValue()) : List.of()));
        }
        return new Status(nodes, Map.of());
    }

    /** Operations that are not answered yet; known after the translation. */
    List<RuntimeFacts.UnderWay> underWay() {
        return underWay;
    }

    /** All nodes that the state knows, and their names. */
    static Map<NodeId, String> nodes(ClusterState state) {
        Map<NodeId, String> nodes = new TreeMap<>();
        state.nodes().keys().forEach(id -> nodes.put(id, "node " + id));
        state.policy().nodes().forEach(spec -> nodes.put(spec.id(), spec.name()));
        return nodes;
    }

    /** A failed start is fatal: the resource doesn't come back to the node before its failures are forgotten. */
    private Map<NodeId, Attributes> failures() {
        Map<NodeId, Attributes> failures = new TreeMap<>();
        state.failures().forEach(entry -> {
            OperationKey key = entry.getKey();
            if (entry.getValue().count() > 0) {
                String what =
                        key.resource() + "#" + HistoryTranslation.task(key.operation()) + "_" + key.intervalMillis();
                int count = key.operation() == OperationName.START
                        ? Score.MAX
                        : entry.getValue().count();
                failures.computeIfAbsent(key.node(), node -> new Attributes())
                        .put("fail-count-" + what, count)
                        .put("last-failure-" + what, entry.getValue().lastFailureMillis() / 1000);
            }
        });
        return failures;
    }

    private static Map<String, String> presence(NodeId id, String name, boolean member) {
        return new Attributes()
                .put("id", id)
                .put("uname", name)
                .put("in_ccm", member ? LONG_AGO : "0")
                .put("crmd", member ? "online" : "offline")
                .put("join", member ? "member" : "down")
                .put("expected", member ? "member" : "down")
                .map();
    }

    private Attributes attributes(NodeId id, Attributes attributes) {
        NodeStatus status = state.node(id);
        boolean configured = state.policy().node(id).isPresent();
        status.attributes().forEach((name, value) -> attributes.putIf(isFree(name), name, value));
        status.promotionScores().forEach((resource, score) -> attributes.put("master-" + resource, score));
        return attributes
                .putIf(status.standby() || status.leaving() || !configured, "standby", true)
                .putIf(status.maintenance(), "maintenance", true);
    }

    /** Whether an attribute is for rules alone. */
    static boolean isFree(String name) {
        boolean health = name.startsWith("#health");
        return health || (!RESERVED.contains(name) && RESERVED_PREFIXES.stream().noneMatch(name::startsWith));
    }

    private List<ResourceHistory> histories(NodeId id, String node) {
        List<ResourceHistory> histories = new ArrayList<>();
        translation.histories.on(id).forEach((resource, runs) -> {
            ConfiguredPrimitive primitive = translation.primitives.get(resource);
            ResourceHistory history =
                    new HistoryTranslation(state, node, resource, primitive, underWay).translate(runs);
            if (!history.operations().isEmpty()) {
                histories.add(history);
            }
        });
        return histories;
    }

    /** The configured attributes of a node that rules may ask for. */
    static Attributes configured(NodeSpec node) {
        Attributes attributes = new Attributes();
        node.attributes().forEach((name, value) -> attributes.putIf(isFree(name), name, value));
        return attributes;
    }
}
