package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Header;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.RuntimeFacts;
import dev.ha4j.resources.config.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A state of the cluster in the terms of the policy engine, and what is needed to find the way back. */
final class Translation {

    final ClusterState state;
    final Map<NodeId, String> nodes;
    final Map<String, NodeId> nodesByName = new TreeMap<>();
    final Map<String, ConfiguredPrimitive> primitives;
    final Histories histories;
    final Blockages blockages = new Blockages();
    final PolicyInput input;

    /** When a node that is awaited now will not be awaited any more. */
    final OptionalLong graceEndMillis;

    Translation(ClusterState state, Instant now) {
        this.state = state;
        nodes = StatusTranslation.nodes(state);
        nodes.forEach((id, name) -> nodesByName.put(name, id));
        primitives = ConfiguredPrimitive.of(state.policy());
        histories = new Histories(state);
        TakeoverFacts takeovers = new TakeoverFacts(state, now.toEpochMilli(), nodes, blockages);
        takeovers.collect(primitives);
        graceEndMillis = takeovers.graceEndMillis();
        input = input(takeovers);
    }

    private PolicyInput input(TakeoverFacts takeovers) {
        ClusterPolicy policy = state.policy();
        ResourceTranslation resources =
                new ResourceTranslation(primitives, policy.nodes().size());
        StatusTranslation statuses = new StatusTranslation(this);
        Status status = statuses.translate();
        return new PolicyInput(
                new Header(
                        state.quorate(),
                        false,
                        state.controller().map(NodeId::toString).orElse(null),
                        OptionalLong.empty(),
                        false),
                options(policy.options()),
                nodes.entrySet().stream().map(this::node).toList(),
                policy.resources().stream().map(resources::translate).toList(),
                constraints(takeovers.obstacles()),
                defaults(policy.options()),
                List.of(),
                Map.of(),
                status,
                new RuntimeFacts(false, statuses.underWay(), takeovers.fencing(primitives), takeovers.obstacles()));
    }

    /** Devices are none of the resources; that there are any is said by a watchdog. */
    private List<AttributeSet> options(ClusterOptions options) {
        return new Attributes()
                .put("cluster-name", state.policy().clusterName())
                .put("have-watchdog", true)
                .put("fencing-enabled", options.fencingEnabled())
                .put("fencing-action", "off")
                .put("startup-fencing", false)
                .put("symmetric-cluster", options.symmetric())
                .put("maintenance-mode", options.maintenance())
                .sets("cib-bootstrap-options");
    }

    private static List<AttributeSet> defaults(ClusterOptions options) {
        Score stickiness = options.defaultStickiness();
        return new Attributes()
                .putIf(stickiness.value() != 0, "resource-stickiness", stickiness.value())
                .sets("rsc-defaults");
    }

    private NodeEntry node(Map.Entry<NodeId, String> node) {
        List<AttributeSet> attributes = state.policy()
                .node(node.getKey())
                .map(StatusTranslation::configured)
                .orElseGet(Attributes::new)
                .sets("nodes-" + node.getKey());
        return new NodeEntry(node.getKey().toString(), node.getValue(), 0, false, attributes, List.of());
    }

    private List<Constraint> constraints(List<RuntimeFacts.Obstacle> obstacles) {
        ConstraintTranslation constraints = new ConstraintTranslation(state.policy(), primitives);
        List<Constraint> all = new ArrayList<>(constraints.translate());
        for (ConfiguredPrimitive primitive : primitives.values()) {
            nodes.forEach((id, name) -> {
                boolean lacks = state.node(id).isMember()
                        && !state.node(id).implemented().contains(primitive.name());
                if (lacks) {
                    all.add(ban("not implemented there", constraints.reference(primitive.name()), name));
                }
            });
        }
        TakeoverFacts.walled(obstacles).stream()
                .flatMap(name -> Stream.ofNullable(primitives.get(name)))
                .flatMap(primitive -> keep(primitive, constraints).stream())
                .forEach(all::add);
        return all;
    }

    private static Constraint ban(String id, String resource, String node) {
        Attributes attributes = new Attributes()
                .put("rsc", resource)
                .put("node", node)
                .put("score", Score.MINUS_INFINITY)
                .put("resource-discovery", "never");
        return new Constraint.Location(id, attributes.map(), null, List.of());
    }

    /** What could not be started elsewhere now is not moved away. */
    private Optional<Constraint> keep(ConfiguredPrimitive primitive, ConstraintTranslation constraints) {
        boolean promotes = primitive.exclusiveOperation().equals(Optional.of(OperationName.PROMOTE));
        List<String> active = nodes.entrySet().stream()
                .filter(node -> state.node(node.getKey()).isMember())
                .filter(node -> {
                    LastRole role = histories.role(node.getKey(), primitive.name());
                    return role == LastRole.PROMOTED || (!promotes && role == LastRole.STARTED);
                })
                .map(Map.Entry::getValue)
                .toList();
        if (active.size() != 1) {
            return Optional.empty();
        }
        Attributes attributes = new Attributes()
                .put("rsc", constraints.reference(primitive.name()))
                .put("node", active.get(0))
                .put("score", Score.INFINITY)
                .putIf(promotes, "role", "Promoted");
        return Optional.of(
                new Constraint.Location("could not be started elsewhere now", attributes.map(), null, List.of()));
    }
}
