package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.ColocationConstraint;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OnFail;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OperationSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The first phase: makes the model from the state. */
final class Unpack {

    private final ClusterModel model;
    private final ClusterPolicy policy;
    private final Map<NodeId, NodeModel> nodesById = new LinkedHashMap<>();

    private Unpack(ClusterState state, Instant now) {
        policy = state.policy();
        model = new ClusterModel(state, now, nodes(state));
        model.nodes.forEach(node -> nodesById.put(node.id, node));
    }

    static ClusterModel model(ClusterState state, Instant now) {
        Unpack unpack = new Unpack(state, now);
        unpack.history();
        unpack.resources();
        unpack.removedResources();
        unpack.failures();
        unpack.colocations();
        return unpack.model;
    }

    private static List<NodeModel> nodes(ClusterState state) {
        Map<NodeId, NodeSpec> specs = new LinkedHashMap<>();
        state.policy().nodes().forEach(spec -> specs.put(spec.id(), spec));
        TreeSet<NodeId> ids = new TreeSet<>(specs.keySet());
        state.nodes().keys().forEach(ids::add);
        List<NodeModel> nodes = new ArrayList<>();
        for (NodeId id : ids) {
            Optional<NodeSpec> spec = Optional.ofNullable(specs.get(id));
            String name = spec.map(NodeSpec::name).orElse("node " + id);
            List<FencePath> paths = state.policy().fencing().stream()
                    .filter(path -> path.targets().contains(name))
                    .toList();
            nodes.add(new NodeModel(nodes.size(), id, name, state.node(id), spec, paths));
        }
        return nodes;
    }

    private void history() {
        Map<String, Primitive> primitives = new LinkedHashMap<>();
        policy.primitives().forEach(primitive -> primitives.put(primitive.id(), primitive));
        Map<String, OperationName> exclusive = exclusiveOperations();
        List<Map.Entry<OperationKey, OperationRecord>> run = new ArrayList<>();
        for (Map.Entry<OperationKey, OperationRecord> entry : model.state.history()) {
            if (!run.isEmpty() && !isSameInstance(run.get(0).getKey(), entry.getKey())) {
                replay(run, primitives, exclusive);
                run.clear();
            }
            run.add(entry);
        }
        if (!run.isEmpty()) {
            replay(run, primitives, exclusive);
        }
    }

    /** The operation by which each primitive takes a role that one node at a time may have; nothing for what runs everywhere. */
    private Map<String, OperationName> exclusiveOperations() {
        Map<String, OperationName> operations = new LinkedHashMap<>();
        for (ResourceSpec resource : policy.resources()) {
            if (!(resource instanceof Clone clone) || clone.options().promotable()) {
                OperationName operation = resource instanceof Clone ? OperationName.PROMOTE : OperationName.START;
                primitivesOf(resource).forEach(primitive -> operations.put(primitive.id(), operation));
            }
        }
        return operations;
    }

    private static boolean isSameInstance(OperationKey left, OperationKey right) {
        return left.node().equals(right.node()) && left.resource().equals(right.resource());
    }

    private void replay(
            List<Map.Entry<OperationKey, OperationRecord>> records,
            Map<String, Primitive> primitives,
            Map<String, OperationName> exclusive) {
        OperationKey key = records.get(0).getKey();
        NodeModel node = nodesById.get(key.node());
        if (node == null || !node.isMember()) {
            return;
        }
        Primitive primitive = primitives.get(key.resource());
        List<OperationSpec> operations = primitive == null ? List.of() : primitive.operations();
        Duration timeout = primitive == null ? Duration.ZERO : primitive.meta().failureTimeout();
        Optional<OperationName> takesTerm = Optional.ofNullable(exclusive.get(key.resource()));
        boolean canFence = policy.options().fencingEnabled();
        History history = new History(
                operations, takesTerm, timeout, canFence, model.nowMillis, model.state.failures()::containsKey);
        statesOf(key.resource())[node.index] = history.replay(records);
    }

    private LocalState[] statesOf(String primitive) {
        return model.states.computeIfAbsent(primitive, name -> {
            LocalState[] states = new LocalState[model.nodes.size()];
            Arrays.fill(states, LocalState.UNKNOWN);
            return states;
        });
    }

    private void resources() {
        for (ResourceSpec spec : policy.resources()) {
            ResourceModel resource = spec instanceof Clone clone ? clone(clone) : single(spec, "", null, null);
            model.resources.add(resource);
        }
        model.resources.sort(Comparator.comparingInt(resource -> -resource.priority()));
    }

    /** A primitive or group that is not cloned, or an instance of one that is active on {@code only} this node. */
    private ResourceModel single(
            ResourceSpec spec, String suffix, @Nullable ResourceModel parent, @Nullable List<NodeModel> only) {
        if (spec instanceof Group group) {
            GroupModel made = new GroupModel(group.id() + suffix, group, parent, table());
            for (Primitive member : group.members()) {
                made.members.add(primitive(member, suffix, made, only));
            }
            glue(made);
            model.byName.putIfAbsent(group.id(), parent == null ? made : parent);
            return made;
        }
        return primitive((Primitive) spec, suffix, parent, only);
    }

    private PrimitiveModel primitive(
            Primitive spec, String suffix, @Nullable ResourceModel parent, @Nullable List<NodeModel> only) {
        LocalState[] states = statesOf(spec.id());
        PrimitiveModel made = new PrimitiveModel(spec.id() + suffix, spec, parent, states, table());
        for (NodeModel node : only == null ? model.nodes : only) {
            if (made.at(node).role.isActive()) {
                made.activeOn.add(node);
            }
        }
        model.byName.putIfAbsent(spec.id(), suffix.isEmpty() ? made : made.top());
        return made;
    }

    private ScoreTable table() {
        return new ScoreTable(model.nodes.size(), policy.options().symmetric());
    }

    /** Members after the first have to run where the one before them does. */
    private static void glue(GroupModel group) {
        for (int i = 1; i < group.members.size(); i++) {
            PrimitiveModel member = group.members.get(i);
            link(new Colocation(
                    "group " + group.id(),
                    member,
                    Optional.empty(),
                    group.members.get(i - 1),
                    Optional.empty(),
                    Score.MAX,
                    member.meta.critical()));
        }
    }

    private static void link(Colocation colocation) {
        colocation.dependent().addThisWith(colocation);
        colocation.primary().addWithThis(colocation);
    }

    private CloneModel clone(Clone spec) {
        int limit = spec.options().max().orElse(policy.nodes().size());
        CloneModel clone = new CloneModel(spec, limit, table());
        model.byName.put(spec.id(), clone);
        List<String> names =
                primitivesOf(spec.child()).stream().map(Primitive::id).toList();
        for (NodeModel node : model.nodes) {
            if (names.stream().anyMatch(name -> isInUse(statesOf(name)[node.index]))) {
                addInstance(clone, spec.child(), List.of(node));
            }
        }
        while (clone.instances.size() < limit) {
            addInstance(clone, spec.child(), List.of());
        }
        return clone;
    }

    private void addInstance(CloneModel clone, ResourceSpec child, List<NodeModel> activeOn) {
        clone.instances.add(single(child, ":" + clone.instances.size(), clone, activeOn));
    }

    private static boolean isInUse(LocalState state) {
        return state.role.isActive() || state.inFlight != null;
    }

    private static List<Primitive> primitivesOf(ResourceSpec spec) {
        if (spec instanceof Primitive primitive) {
            return List.of(primitive);
        }
        return spec instanceof Group group ? group.members() : primitivesOf(((Clone) spec).child());
    }

    /** What the history knows and the configuration doesn't has to be stopped. */
    private void removedResources() {
        for (Map.Entry<String, LocalState[]> entry : model.states.entrySet()) {
            boolean active = Arrays.stream(entry.getValue()).anyMatch(Unpack::isInUse);
            if (active && !model.byName.containsKey(entry.getKey())) {
                PrimitiveModel left = primitive(Primitive.of(entry.getKey()), "", null, null);
                left.removed = true;
                model.resources.add(left);
            }
        }
    }

    /** Failures that reach beyond the resource that failed. */
    private void failures() {
        for (PrimitiveModel leaf : model.leaves()) {
            leaf.activeOn.forEach(node -> apply(leaf, node, leaf.at(node)));
            model.nodes.stream()
                    .filter(node -> leaf.at(node).lasting == OnFail.STANDBY)
                    .forEach(NodeModel::standBy);
        }
    }

    private void apply(PrimitiveModel leaf, NodeModel node, LocalState state) {
        if (state.onFail == OnFail.BLOCK) {
            leaf.blocked = true;
            model.blockages.add(leaf.name(), leaf.name() + " is left alone on " + node + ": " + state.failure);
        } else if (state.onFail == OnFail.FENCE && model.manages(leaf)) {
            node.demandFence(leaf.name() + ": " + state.failure);
        }
    }

    private void colocations() {
        for (Constraint constraint : policy.constraints()) {
            if (constraint instanceof ColocationConstraint colocation
                    && colocation.score().value() != 0) {
                Optional<ResourceModel> dependent = model.find(colocation.dependent());
                Optional<ResourceModel> primary = model.find(colocation.primary());
                if (dependent.isPresent() && primary.isPresent()) {
                    link(new Colocation(
                            colocation.id(),
                            dependent.get(),
                            Colocation.normal(colocation.dependentRole()),
                            primary.get(),
                            Colocation.normal(colocation.primaryRole()),
                            colocation.score().value(),
                            dependent.get().meta.critical()));
                }
            }
        }
    }
}
