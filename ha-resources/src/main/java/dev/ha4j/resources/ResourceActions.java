package dev.ha4j.resources;

import static dev.ha4j.api.config.OperationName.DEMOTE;
import static dev.ha4j.api.config.OperationName.PROMOTE;
import static dev.ha4j.api.config.OperationName.START;
import static dev.ha4j.api.config.OperationName.STOP;

import dev.ha4j.api.Role;
import dev.ha4j.api.config.MultipleActive;
import dev.ha4j.api.config.OnFail;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.resources.Relation.Effect;
import java.util.List;
import java.util.Objects;

/** The fourth phase, for one primitive: the steps from its current role and node to those it is to have. */
final class ResourceActions {

    private final ClusterModel model;
    private final PrimitiveModel leaf;
    private final boolean managed;

    ResourceActions(ClusterModel model, PrimitiveModel leaf) {
        this.model = model;
        this.leaf = leaf;
        this.managed = model.manages(leaf);
    }

    void create() {
        Step start = start();
        Step promote = leaf.isPromotable() ? promote(start) : start;
        for (NodeModel node : leaf.activeOn) {
            Step stop = stop(node);
            Steps.relate(stop, start, Effect.ORDER, Effect.RESTART, Effect.BLOCKS_NEEDED);
            if (leaf.at(node).role == Role.PROMOTED) {
                Step demote = demote(node, stop);
                Steps.relate(demote, promote, Effect.ORDER, Effect.RESTART, Effect.BLOCKS_NEEDED);
            }
        }
    }

    private Step step(NodeModel node, OperationName operation) {
        Step step = model.steps.of(leaf, node, operation);
        step.frozen = !managed;
        return step;
    }

    private Step start() {
        NodeModel node = leaf.node;
        if (node == null) {
            return nowhere(START, leaf + " has no node");
        }
        Step start = step(node, START);
        start.required(!leaf.activeOn.contains(node), "is to run on " + node);
        start.required(mustStop(node), "is restarted");
        if (!node.isReachable()) {
            start.unrunnable(node + " is " + node.unavailableReason());
        }
        return start;
    }

    private Step promote(Step start) {
        NodeModel node = leaf.node;
        if (node == null || leaf.next != Role.PROMOTED) {
            return nowhere(PROMOTE, leaf + " is not to be promoted");
        }
        Step promote = step(node, PROMOTE);
        promote.required(leaf.at(node).role != Role.PROMOTED || !leaf.activeOn.contains(node), "is to lead on " + node);
        promote.required(mustDemote(node), "is to lead again");
        Steps.relate(start, promote, Effect.ORDER, Effect.BLOCKS, Effect.IMPLIES_THEN);
        return promote;
    }

    /** Stands for what will not be done, for those that wait for it. */
    private Step nowhere(OperationName operation, String reason) {
        Step step = model.steps.of(leaf, null, operation).unrunnable(reason);
        step.frozen = true;
        return step;
    }

    private Step stop(NodeModel node) {
        Step stop = step(node, STOP);
        stop.required(mustStop(node), stopReason(node));
        if (!managed) {
            stop.unrunnable(leaf + " is not managed");
        }
        stop.covered = !node.isReachable();
        return stop;
    }

    private Step demote(NodeModel node, Step stop) {
        Step demote = step(node, DEMOTE);
        demote.required(mustDemote(node), stopReason(node));
        if (!managed) {
            demote.unrunnable(leaf + " is not managed");
        }
        demote.covered = !node.isReachable();
        Steps.relate(demote, stop, Effect.ORDER, Effect.IMPLIES_FIRST, Effect.BLOCKS_NEEDED);
        return demote;
    }

    private boolean mustStop(NodeModel node) {
        if (!leaf.activeOn.contains(node)) {
            return false;
        }
        boolean surplus = leaf.activeOn.size() > 1 && leaf.meta.multipleActive() != MultipleActive.STOP_UNEXPECTED;
        OnFail onFail = leaf.at(node).onFail;
        boolean recovers = leaf.at(node).failed() && !(onFail == OnFail.DEMOTE && leaf.at(node).role == Role.PROMOTED);
        return leaf.next == Role.STOPPED || leaf.node != node || surplus || recovers || !node.isReachable();
    }

    private boolean mustDemote(NodeModel node) {
        return leaf.at(node).role == Role.PROMOTED
                && (mustStop(node)
                        || leaf.next != Role.PROMOTED
                        || leaf.at(node).failed());
    }

    private String stopReason(NodeModel node) {
        LocalState state = leaf.at(node);
        if (leaf.removed) {
            return "no longer configured";
        }
        if (state.failed()) {
            return state.failure;
        }
        if (!leaf.isWanted()) {
            return "is to be stopped";
        }
        if (leaf.node == null) {
            String why = node.unavailableReason();
            return why.isEmpty() ? "no node may run it" : node + " is " + why;
        }
        if (leaf.node != node) {
            return "moves to " + leaf.node;
        }
        return leaf.activeOn.size() > 1 ? "active on " + leaf.activeOn : "is not to lead any more";
    }

    /** All other steps wait for an operation that is under way, wherever they are; and so do those that are ordered behind it. */
    void awaitRunning() {
        List<Step> steps = List.copyOf(leaf.steps);
        for (NodeModel node : model.nodes) {
            OperationName operation = leaf.at(node).inFlight;
            if (operation != null && operation != OperationName.MONITOR && isMine(node)) {
                Step running = model.steps.of(leaf, node, Step.Kind.OPERATE, operation, 0);
                running.reason = "under way";
                running.inFlight = true;
                steps.forEach(step -> Steps.relate(running, step, Effect.ORDER));
            }
        }
    }

    /** Instances of one clone share what is known; each has to do with the node where it is or is to be. */
    private boolean isMine(NodeModel node) {
        return leaf.inClone().isEmpty() || leaf.activeOn.contains(node) || Objects.equals(leaf.node, node);
    }
}
