package dev.ha4j.resources;

import static dev.ha4j.api.config.OperationName.DEMOTE;
import static dev.ha4j.api.config.OperationName.NOTIFY;
import static dev.ha4j.api.config.OperationName.PROMOTE;
import static dev.ha4j.api.config.OperationName.STOP;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.resources.Relation.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Who is fenced, and what has to wait for it. */
final class Fencing {

    private final ClusterModel model;
    private final Map<NodeModel, Step> fences = new LinkedHashMap<>();
    private final Map<NodeId, NodeModel> nodes = new TreeMap<>();

    Fencing(ClusterModel model) {
        this.model = model;
        model.nodes.forEach(node -> nodes.put(node.id, node));
    }

    void create() {
        for (NodeModel node : model.nodes) {
            node.fenceReason().filter(reason -> node.isMember()).ifPresent(reason -> fenceMember(node, reason));
        }
        for (PrimitiveModel leaf : model.leaves()) {
            leaf.exclusiveOperation()
                    .filter(operation -> !leaf.removed && leaf.isWanted() && model.manages(leaf))
                    .ifPresent(operation -> guard(leaf, operation));
        }
        controllerLast();
    }

    private void fenceMember(NodeModel node, String reason) {
        Step fence = fence(node, reason);
        for (PrimitiveModel leaf : model.leaves()) {
            for (OperationName operation : List.of(STOP, DEMOTE)) {
                Steps.find(leaf, node, operation, 0).ifPresent(step -> {
                    step.inFlight = !allUnlock(node, leaf.meta);
                    Steps.relate(fence, step, Effect.ORDER, Effect.BLOCKS_NEEDED);
                });
            }
        }
    }

    /** The exclusive role waits for the end of each lost node that may still have it. */
    private void guard(PrimitiveModel leaf, OperationName operation) {
        for (NodeId id : Exclusivity.threats(model.state, leaf.name(), leaf.meta)) {
            NodeModel node = Objects.requireNonNull(nodes.get(id));
            Step obstacle = obstacle(node, leaf, operation);
            for (Step step : Steps.all(leaf, operation)) {
                Steps.relate(obstacle, step, Effect.ORDER, Effect.BLOCKS_NEEDED);
            }
        }
        fenceIdle(leaf);
        if (operation == PROMOTE) {
            awaitPredecessors(leaf);
        }
    }

    /** Who is lost is fenced also if it has nothing that anybody waits for. */
    private void fenceIdle(PrimitiveModel leaf) {
        for (NodeId id : Exclusivity.suspects(model.state, leaf.name(), leaf.meta)) {
            NodeModel node = Objects.requireNonNull(nodes.get(id));
            if (canUnlock(node, leaf.meta)) {
                fence(node, "it is lost, and could run " + leaf.name());
            }
        }
    }

    private void awaitPredecessors(PrimitiveModel leaf) {
        CloneModel clone = leaf.inClone().orElseThrow();
        for (Step promote : Steps.all(leaf, PROMOTE)) {
            clone.leaves()
                    .filter(other -> other != leaf && other.name().equals(leaf.name()))
                    .forEach(other -> {
                        Stream.concat(Steps.all(other, DEMOTE).stream(), stopsOfLeaders(other))
                                .forEach(step -> Steps.relate(step, promote, Effect.ORDER, Effect.BLOCKS_NEEDED));
                        other.steps.stream().filter(step -> step.inFlight).forEach(step -> {
                            Steps.relate(step, promote, Effect.ORDER);
                        });
                    });
        }
    }

    /** Where a demotion failed, only a stop ends the role. */
    private Stream<Step> stopsOfLeaders(PrimitiveModel leaf) {
        return Steps.all(leaf, STOP).stream()
                .filter(stop ->
                        stop.node != null && LastRole.of(model.state, stop.node.id, leaf.name()) == LastRole.PROMOTED);
    }

    /** What stands between the leaf and a lost node's role: a fence that ends it, or a wall. */
    private Step obstacle(NodeModel node, PrimitiveModel leaf, OperationName operation) {
        String cant = leaf.name() + " can't be " + (operation == PROMOTE ? "promoted" : "started") + ": node " + node;
        if (isAwaited(node)) {
            return wall(cant + " was never seen and may be starting; it is fenced if it is not here "
                    + model.options.startupGrace().toSeconds()
                    + " s after this cluster had quorum for the first time (startupGrace)");
        }
        String reason = cant + " is lost and not proven down (needs " + leaf.meta.requires() + ", "
                + lastWord(node, leaf.meta) + ")";
        if (!canUnlock(node, leaf.meta)) {
            return wall(reason);
        }
        if (model.state.fencing().open().containsKey(node.id)) {
            model.blockages.add(leaf.name(), reason);
        }
        Step fence = fence(node, leaf.name() + " may still be active there");
        if (allUnlock(node, leaf.meta)) {
            return fence;
        }
        Step open = wall("");
        open.runnable = true;
        open.inFlight = true;
        return open;
    }

    private boolean isAwaited(NodeModel node) {
        OptionalLong end = StartupGrace.endMillis(model.state, node.id, model.nowMillis);
        end.ifPresent(model::recheckAt);
        return end.isPresent();
    }

    private Step wall(String reason) {
        return model.steps.pseudo("wall").required(true, reason).unrunnable(reason);
    }

    private Step fence(NodeModel node, String reason) {
        return fences.computeIfAbsent(node, target -> {
            Step fence = model.steps.add(Step.Kind.FENCE, target, "", NOTIFY, reason);
            if (!model.options.fencingEnabled() || target.fencePaths.isEmpty()) {
                String why = model.options.fencingEnabled() ? "no fence device can reach it" : "fencing is disabled";
                fence.unrunnable("node " + target + " has to be fenced (" + reason + "), but " + why);
            }
            fence.inFlight = model.state.fencing().open().containsKey(target.id);
            return fence;
        });
    }

    private boolean canUnlock(NodeModel node, MetaOptions meta) {
        return canUnlock(model, node, meta);
    }

    /** Whether a lost node stands in the way of the leaf's exclusive role, and no fence can end it. */
    static boolean isWalled(ClusterModel model, PrimitiveModel leaf) {
        return Exclusivity.threats(model.state, leaf.name(), leaf.meta).stream()
                .anyMatch(id -> model.nodes.stream()
                        .anyMatch(node -> node.id.equals(id) && !canUnlock(model, node, leaf.meta)));
    }

    private static boolean canUnlock(ClusterModel model, NodeModel node, MetaOptions meta) {
        return model.options.fencingEnabled()
                && StartupGrace.endMillis(model.state, node.id, model.nowMillis).isEmpty()
                && node.fencePaths.stream().anyMatch(path -> path.proofLevel().satisfies(meta.requires()));
    }

    private static boolean allUnlock(NodeModel node, MetaOptions meta) {
        return node.fencePaths.stream().allMatch(path -> path.proofLevel().satisfies(meta.requires()));
    }

    private String lastWord(NodeModel node, MetaOptions meta) {
        Optional<FenceOperation> open = model.state.fencing().open().get(node.id);
        if (open.isPresent()) {
            String reason = open.get().lastReason();
            return "fencing by " + open.get().deviceId() + (reason.isEmpty() ? " is under way" : ": " + reason);
        }
        if (meta.requires() == ProofLevel.SELF_LEASE) {
            return "its lease has not provably run out";
        }
        if (!model.options.fencingEnabled()) {
            return "fencing is disabled";
        }
        List<String> devices = node.fencePaths.stream().map(FencePath::deviceId).toList();
        return devices.isEmpty()
                ? "no fence device can reach it"
                : "its fence devices " + devices + " don't prove " + meta.requires();
    }

    /** The designated controller fences itself only when all others are done. */
    private void controllerLast() {
        model.state.controller().map(nodes::get).map(fences::get).ifPresent(last -> {
            for (Step fence : List.copyOf(model.steps.all)) {
                if (fence.kind == Step.Kind.FENCE) {
                    Steps.relate(fence, last, Effect.ORDER);
                }
            }
        });
    }
}
