package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FailCount;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.resources.TranslatedNode.TranslatedHistory;
import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.RuntimeFacts;
import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    private final TranslatedPolicy policy;
    private final Histories histories;
    private final Map<NodeId, TranslatedNode> earlier;
    private final Map<NodeId, SortedMap<OperationKey, FailCount>> failures = new TreeMap<>();

    /** @param earlier nodes of an earlier state */
    StatusTranslation(
            ClusterState state, TranslatedPolicy policy, Histories histories, Map<NodeId, TranslatedNode> earlier) {
        this.state = state;
        this.policy = policy;
        this.histories = histories;
        this.earlier = earlier;
        state.failures()
                .forEach(entry -> failures.computeIfAbsent(entry.getKey().node(), node -> new TreeMap<>())
                        .put(entry.getKey(), entry.getValue()));
    }

    /** @param name of the node */
    TranslatedNode translate(NodeId id, String name) {
        TranslatedNode.Source source = new TranslatedNode.Source(
                policy,
                name,
                state.node(id),
                histories.on(id),
                failures.getOrDefault(id, Collections.emptySortedMap()));
        TranslatedNode before = earlier.get(id);
        return before != null && before.isFor(source) ? before : translate(id, source, before);
    }

    private TranslatedNode translate(NodeId id, TranslatedNode.Source source, @Nullable TranslatedNode before) {
        boolean member = source.node().isMember();
        Map<String, TranslatedHistory> all = member ? histories(source, before) : Map.of();
        List<ResourceHistory> known = new ArrayList<>();
        List<RuntimeFacts.UnderWay> underWay = new ArrayList<>();
        boolean lasting = true;
        for (TranslatedHistory history : all.values()) {
            if (!history.translated().history().operations().isEmpty()) {
                known.add(history.translated().history());
            }
            underWay.addAll(history.translated().underWay());
            lasting &= history.translated().lasting();
        }
        List<AttributeSet> attributes = member ? attributes(id, source).sets("status-" + id) : List.of();
        Status.NodeStatus status =
                new Status.NodeStatus(presence(id, source.name(), member), attributes, List.of(), known);
        return new TranslatedNode(source, all, status, underWay, member ? bans(source) : List.of(), lasting);
    }

    private Map<String, TranslatedHistory> histories(TranslatedNode.Source source, @Nullable TranslatedNode before) {
        boolean comparable = before != null
                && before.source().policy() == policy
                && before.source().failures().equals(source.failures());
        Map<String, TranslatedHistory> known = before != null && comparable ? before.histories() : Map.of();
        Map<String, TranslatedHistory> all = new LinkedHashMap<>();
        source.runs().forEach((resource, runs) -> {
            TranslatedHistory same = known.get(resource);
            boolean holds =
                    same != null && same.runs() == runs && same.translated().lasting();
            all.put(resource, same != null && holds ? same : history(source, resource, runs));
        });
        return all;
    }

    private TranslatedHistory history(TranslatedNode.Source source, String resource, Histories.Runs runs) {
        HistoryTranslation translation = new HistoryTranslation(
                source.name(),
                resource,
                policy.primitives.get(InstanceName.primitiveOf(resource)),
                source.failures(),
                policy.policy::nameOf);
        return new TranslatedHistory(runs, translation.translate(runs.inOrder, state.wallMillis()));
    }

    private List<Constraint> bans(TranslatedNode.Source source) {
        return policy.primitives.keySet().stream()
                .filter(primitive -> !source.node().implemented().contains(primitive))
                .map(primitive -> ban("not implemented there", policy.references.reference(primitive), source.name()))
                .toList();
    }

    private static Constraint ban(String id, String resource, String node) {
        Attributes attributes = new Attributes()
                .put("rsc", resource)
                .put("node", node)
                .put("score", Score.MINUS_INFINITY)
                .put("resource-discovery", "never");
        return new Constraint.Location(id, attributes.map(), null, List.of());
    }

    /** Tickets that this cluster has, or had. */
    static Map<String, Map<String, String>> tickets(ClusterState state) {
        Map<String, Map<String, String>> tickets = new TreeMap<>();
        state.tickets()
                .forEach(ticket -> tickets.put(
                        ticket.getKey(),
                        new Attributes()
                                .put("id", ticket.getKey())
                                .put("granted", ticket.getValue().granted())
                                .put("standby", ticket.getValue().standby())
                                .map()));
        return tickets;
    }

    /** All nodes that the state knows, and their names. */
    static Map<NodeId, String> nodes(ClusterState state) {
        Map<NodeId, String> nodes = new TreeMap<>();
        state.nodes().keys().forEach(id -> nodes.put(id, "node " + id));
        state.policy().nodes().forEach(spec -> nodes.put(spec.id(), spec.name()));
        return nodes;
    }

    /** A failed start is fatal: the resource doesn't come back to the node before its failures are forgotten. */
    private static Attributes failures(SortedMap<OperationKey, FailCount> counts) {
        Attributes failures = new Attributes();
        counts.forEach((key, failed) -> {
            if (failed.count() > 0) {
                String what =
                        key.resource() + "#" + HistoryTranslation.task(key.operation()) + "_" + key.intervalMillis();
                int count = key.operation() == OperationName.START ? Score.MAX : failed.count();
                failures.put("fail-count-" + what, count)
                        .put("last-failure-" + what, failed.lastFailureMillis() / 1000);
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

    private Attributes attributes(NodeId id, TranslatedNode.Source source) {
        Attributes attributes = failures(source.failures());
        NodeStatus status = source.node();
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

    /** The configured attributes of a node that rules may ask for. */
    static Attributes configured(NodeSpec node) {
        Attributes attributes = new Attributes();
        node.attributes().forEach((name, value) -> attributes.putIf(isFree(name), name, value));
        return attributes;
    }
}
