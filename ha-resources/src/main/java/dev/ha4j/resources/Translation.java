package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    private final TranslatedPolicy policy;
    private final Map<NodeId, TranslatedNode> translatedNodes = new TreeMap<>();

    /** @param earlier of a state that this one may have parts in common with; what it costs depends on it, and nothing else */
    Translation(ClusterState state, Instant now, @Nullable Translation earlier) {
        this.state = state;
        policy = earlier != null && Shared.is(earlier.policy.policy, state.policy()) && earlier.policy.holdsAt(now)
                ? earlier.policy
                : new TranslatedPolicy(state.policy(), now);
        nodes = StatusTranslation.nodes(state);
        nodes.forEach((id, name) -> nodesByName.put(name, id));
        primitives = policy.primitives;
        histories = (earlier == null ? Histories.NONE : earlier.histories).of(state);
        StatusTranslation statuses =
                new StatusTranslation(state, policy, histories, earlier == null ? Map.of() : earlier.translatedNodes);
        nodes.forEach((id, name) -> translatedNodes.put(id, statuses.translate(id, name)));
        TakeoverFacts takeovers = new TakeoverFacts(state, now.toEpochMilli(), nodes, blockages);
        takeovers.collect(primitives);
        graceEndMillis = takeovers.graceEndMillis();
        input = input(takeovers);
    }

    private PolicyInput input(TakeoverFacts takeovers) {
        return new PolicyInput(
                new Header(
                        state.quorate(),
                        false,
                        state.controller().map(NodeId::toString).orElse(null),
                        OptionalLong.empty(),
                        false),
                policy.options,
                nodes.entrySet().stream().map(this::node).toList(),
                policy.resources,
                constraints(takeovers.obstacles()),
                policy.resourceDefaults,
                List.of(),
                Map.of(),
                new Status(each(TranslatedNode::status), StatusTranslation.tickets(state)),
                new RuntimeFacts(
                        false, all(TranslatedNode::underWay), takeovers.fencing(policy), takeovers.obstacles()));
    }

    private <T> List<T> each(Function<TranslatedNode, T> part) {
        return translatedNodes.values().stream().map(part).toList();
    }

    private <T> List<T> all(Function<TranslatedNode, List<T>> parts) {
        return translatedNodes.values().stream()
                .flatMap(node -> parts.apply(node).stream())
                .toList();
    }

    private NodeEntry node(Map.Entry<NodeId, String> node) {
        List<AttributeSet> attributes = state.policy()
                .node(node.getKey())
                .map(StatusTranslation::configured)
                .orElseGet(Attributes::new)
                .sets("nodes-" + node.getKey());
        List<AttributeSet> capacity = state.policy()
                .node(node.getKey())
                .map(spec -> Attributes.of(spec.capacity()))
                .orElseGet(Attributes::new)
                .sets("nodes-" + node.getKey() + "-utilization");
        return new NodeEntry(node.getKey().toString(), node.getValue(), 0, false, attributes, capacity);
    }

    /** The primitive of which this is an instance, or which it is; none if it is not configured any more. */
    Optional<ConfiguredPrimitive> primitive(String instance) {
        return Optional.ofNullable(primitives.get(InstanceName.primitiveOf(instance)));
    }

    private List<Constraint> constraints(List<RuntimeFacts.Obstacle> obstacles) {
        List<Constraint> all = new ArrayList<>(policy.constraints);
        all.addAll(all(TranslatedNode::bans));
        TakeoverFacts.walled(obstacles).stream()
                .flatMap(name -> primitive(name).flatMap(primitive -> keep(primitive, name)).stream())
                .forEach(all::add);
        return all;
    }

    /** When the first of the configuration's calendars changes. */
    Optional<Instant> nextChange() {
        return policy.nextChange();
    }

    /** What could not be started elsewhere now is not moved away. */
    private Optional<Constraint> keep(ConfiguredPrimitive primitive, String instance) {
        boolean promotes = primitive.exclusiveOperation().equals(Optional.of(OperationName.PROMOTE));
        List<String> active = nodes.entrySet().stream()
                .filter(node -> state.node(node.getKey()).isMember())
                .filter(node -> {
                    LastRole role = histories.role(node.getKey(), instance);
                    return role == LastRole.PROMOTED || (!promotes && role == LastRole.STARTED);
                })
                .map(Map.Entry::getValue)
                .toList();
        if (active.size() != 1) {
            return Optional.empty();
        }
        Attributes attributes = new Attributes()
                .put("rsc", primitive.isUnique() ? instance : policy.references.reference(instance))
                .put("node", active.get(0))
                .put("score", Score.INFINITY)
                .putIf(promotes, "role", "Promoted");
        return Optional.of(
                new Constraint.Location("could not be started elsewhere now", attributes.map(), null, List.of()));
    }

    /** Whether what is to be done may be another for the second state, made from the first; this is of one of them. */
    boolean mayMatter(ClusterState before, ClusterState after) {
        boolean sameButNodes = Shared.is(before.policy(), after.policy())
                && Shared.is(before.history(), after.history())
                && Shared.is(before.failures(), after.failures())
                && Shared.is(before.terms(), after.terms())
                && Shared.is(before.tickets(), after.tickets())
                && Shared.is(before.fencing(), after.fencing())
                && before.controller().equals(after.controller())
                && before.quorate() == after.quorate()
                && before.formedMillis() == after.formedMillis();
        return !sameButNodes
                || !Shared.is(policy.policy, after.policy())
                || after.nodes().changesSince(before.nodes()).entrySet().stream()
                        .anyMatch(change -> change.getValue().isEmpty()
                                || !relevant(before.node(change.getKey()))
                                        .equals(relevant(change.getValue().get())));
    }

    private NodeStatus relevant(NodeStatus status) {
        TreeMap<String, String> read = new TreeMap<>(status.attributes());
        read.keySet().removeIf(name -> !policy.attributesRead.contains(name));
        return status.withAttributes(read);
    }
}
