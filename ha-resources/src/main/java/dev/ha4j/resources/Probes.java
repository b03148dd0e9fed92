package dev.ha4j.resources;

import static dev.ha4j.api.config.OperationName.MONITOR;
import static dev.ha4j.api.config.OperationName.PROMOTE;
import static dev.ha4j.api.config.OperationName.START;

import dev.ha4j.resources.Relation.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks on each member for what may run there unbeknown, before anything of it is started anywhere. */
final class Probes {

    private final ClusterModel model;

    Probes(ClusterModel model) {
        this.model = model;
    }

    void create() {
        Map<String, List<PrimitiveModel>> byName = new TreeMap<>();
        for (PrimitiveModel leaf : model.leaves()) {
            if (!leaf.removed) {
                byName.computeIfAbsent(leaf.name(), name -> new ArrayList<>()).add(leaf);
            }
        }
        byName.values().forEach(this::probe);
    }

    private void probe(List<PrimitiveModel> instances) {
        PrimitiveModel any = instances.get(0);
        List<Step> probes = new ArrayList<>();
        for (NodeModel node : model.nodes) {
            LocalState state = any.at(node);
            if (node.isReachable() && !state.known && node.status.implemented().contains(any.name())) {
                Step probe = model.steps.add(Step.Kind.OPERATE, node, any.name(), MONITOR, "is it running?");
                probe.leaf = any;
                probe.inFlight = state.inFlight == MONITOR;
                probes.add(probe);
            }
        }
        if (!probes.isEmpty()) {
            instances.forEach(leaf -> await(probes, leaf));
        }
    }

    private static void await(List<Step> probes, PrimitiveModel leaf) {
        List<Step> waiting = new ArrayList<>(Steps.all(leaf, START));
        waiting.addAll(Steps.all(leaf, PROMOTE));
        waiting.forEach(step -> probes.forEach(probe -> Steps.relate(probe, step, Effect.ORDER)));
    }
}
