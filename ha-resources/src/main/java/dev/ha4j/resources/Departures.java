package dev.ha4j.resources;

import static dev.ha4j.api.config.OperationName.NOTIFY;
import static dev.ha4j.api.config.OperationName.STOP;

import dev.ha4j.resources.Relation.Effect;
import java.util.List;

/** Lets nodes go that asked to leave, once nothing is active there any more. */
final class Departures {

    private final ClusterModel model;

    Departures(ClusterModel model) {
        this.model = model;
    }

    void create() {
        for (NodeModel node : model.nodes) {
            if (node.status.leaving() && node.isReachable() && isGettingFree(node)) {
                List<Step> before = model.steps.all.stream()
                        .filter(step -> step.isOn(node) && step.required)
                        .toList();
                Step dismiss = model.steps.add(Step.Kind.DISMISS, node, "", NOTIFY, "asked to leave");
                before.forEach(step -> Steps.relate(step, dismiss, Effect.ORDER));
            }
        }
    }

    private boolean isGettingFree(NodeModel node) {
        boolean free = true;
        for (PrimitiveModel leaf : model.leaves()) {
            boolean stays = leaf.activeOn.contains(node)
                    && Steps.find(leaf, node, STOP, 0).filter(Step::isInGraph).isEmpty();
            if (stays) {
                model.blockages.add(leaf.name(), "node " + node + " can't leave: " + leaf.name() + " is active there");
                free = false;
            }
        }
        return free;
    }
}
