package dev.ha4j.resources;

import static dev.ha4j.api.config.OperationName.DEMOTE;
import static dev.ha4j.api.config.OperationName.MONITOR;
import static dev.ha4j.api.config.OperationName.PROMOTE;
import static dev.ha4j.api.config.OperationName.START;
import static dev.ha4j.api.config.OperationName.STOP;

import dev.ha4j.api.Role;
import dev.ha4j.api.config.OperationSpec;
import dev.ha4j.resources.Relation.Effect;
import java.util.Set;
import java.util.TreeSet;

/** Recurring monitors of one primitive: those of its role are run, others are ended. */
final class Recurring {

    private final ClusterModel model;
    private final PrimitiveModel leaf;

    Recurring(ClusterModel model, PrimitiveModel leaf) {
        this.model = model;
        this.leaf = leaf;
    }

    void create() {
        NodeModel node = leaf.node;
        if (leaf.blocked || node == null || !node.isReachable() || leaf.next == null || !leaf.next.isActive()) {
            return;
        }
        Set<Long> kept = new TreeSet<>();
        boolean maintained = model.options.maintenance() || node.status.maintenance();
        if (!maintained) {
            for (OperationSpec spec : leaf.spec.operations()) {
                if (spec.name() == MONITOR && spec.isRecurring() && spec.enabled() && fits(spec)) {
                    if (kept.add(spec.interval().toMillis())) {
                        monitor(node, spec.interval().toMillis());
                    }
                }
            }
        }
        for (long interval : leaf.at(node).recurring.keySet()) {
            if (!kept.contains(interval)) {
                cancel(node, interval);
            }
        }
    }

    /** A monitor that names no role runs in all but the promoted one. */
    private boolean fits(OperationSpec spec) {
        return spec.role()
                .map(role -> role == leaf.next || (role == Role.STARTED && leaf.next == Role.UNPROMOTED))
                .orElse(leaf.next != Role.PROMOTED);
    }

    private void monitor(NodeModel node, long interval) {
        boolean runs = leaf.at(node).recurring.containsKey(interval);
        Step monitor = model.steps.of(leaf, node, Step.Kind.OPERATE, MONITOR, interval);
        monitor.required(!runs, "is to be watched");
        Steps.find(leaf, node, START, 0).ifPresent(start -> followFrom(start, monitor));
        if (leaf.next == Role.PROMOTED) {
            Steps.find(leaf, node, PROMOTE, 0).ifPresent(promote -> followFrom(promote, monitor));
        } else {
            Steps.find(leaf, node, DEMOTE, 0).ifPresent(demote -> Steps.relate(demote, monitor, Effect.ORDER));
        }
    }

    private static void followFrom(Step first, Step monitor) {
        Steps.relate(first, monitor, Effect.ORDER, Effect.IMPLIES_THEN, Effect.BLOCKS);
    }

    private void cancel(NodeModel node, long interval) {
        if (!leaf.activeOn.contains(node)) {
            return;
        }
        Step cancel = model.steps.of(leaf, node, Step.Kind.CANCEL, MONITOR, interval);
        cancel.required(true, "not to be watched like this any more");
        Steps.find(leaf, node, PROMOTE, 0).ifPresent(promote -> Steps.relate(cancel, promote, Effect.ORDER));
        Steps.find(leaf, node, DEMOTE, 0).ifPresent(demote -> Steps.relate(cancel, demote, Effect.ORDER));
    }

    /** A stop ends all monitors by itself. */
    static void dropNeedless(ClusterModel model) {
        for (Step step : model.steps.all) {
            PrimitiveModel leaf = step.leaf;
            if (step.kind == Step.Kind.CANCEL && leaf != null && step.node != null) {
                boolean stops = Steps.find(leaf, step.node, STOP, 0)
                        .filter(Step::isInGraph)
                        .isPresent();
                step.runnable &= !stops;
            }
        }
    }
}
