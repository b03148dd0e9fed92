package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Status.NodeStatus;
import dev.ha4j.resources.config.Status.OperationRecord;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what runs with what is configured now: changed parameters, other agents, operations that are gone. */
final class ConfigurationChanges {
    private final Model model;
    private final Digests digests;
    private final FailCounts failCounts;
    private final Map<String, List<Primitive>> byName = new LinkedHashMap<>();

    ConfigurationChanges(Model model, Digests digests, FailCounts failCounts) {
        this.model = model;
        this.digests = digests;
        this.failCounts = failCounts;
    }

    void run() {
        for (Primitive leaf : model.leaves()) {
            byName.computeIfAbsent(leaf.id, id -> new ArrayList<>()).add(leaf);
            if (leaf.historyName != null && !leaf.historyName.equals(leaf.id)) {
                byName.computeIfAbsent(leaf.historyName, id -> new ArrayList<>())
                        .add(leaf);
            }
        }
        Map<String, NodeStatus> states = new LinkedHashMap<>();
        model.input
                .status()
                .nodes()
                .forEach(state -> states.putIfAbsent(state.attributes().getOrDefault("uname", ""), state));
        for (Node node : model.nodes) {
            NodeStatus state = states.get(node.name);
            if (state != null && (node.maintenance || node.available())) {
                state.resources().forEach(history -> check(history, node));
            }
        }
    }

    private void check(ResourceHistory history, Node node) {
        List<Primitive> concerned = byName.getOrDefault(history.id(), List.of());
        for (int i = concerned.size() - 1; i >= 0; i--) {
            check(history, concerned.get(i), node);
        }
    }

    private void check(ResourceHistory history, Primitive resource, Node node) {
        if (resource.removed) {
            if (resource.unique || resource.parent == null) {
                cleanUp(resource, node);
            }
            return;
        }
        boolean agentChanged = !resource.kind.did(history);
        if (!resource.isRunningOn(node)) {
            if (agentChanged) {
                cleanUp(resource, node);
            }
            return;
        }
        if (agentChanged) {
            model.actions.get(resource, Tasks.STOP, node, false);
            resource.startPending = true;
            cleanUp(resource, node);
        }
        checkOperations(history, resource, node);
    }

    private void checkOperations(ResourceHistory history, Primitive resource, Node node) {
        List<HistoryEntry> entries = new ArrayList<>();
        for (OperationRecord record : history.operations()) {
            entries.add(new HistoryEntry(record));
        }
        Collections.reverse(entries);
        MergeSort.sort(entries, HistoryEntry::compareByTime);
        ActiveRange range = ActiveRange.of(entries);
        if (range.start() < range.stop()) {
            return;
        }
        for (int i = Math.max(0, range.start()); i < entries.size(); i++) {
            HistoryEntry entry = entries.get(i);
            entry.forgetRestartDigest =
                    model.expiredRecurring.contains(new Model.ExpiredRecurring(resource, node, entry.id));
            checkOperation(entry, resource, node);
        }
    }

    private void checkOperation(HistoryEntry entry, Primitive resource, Node node) {
        if (entry.intervalMillis > 0 && (resource.maintenance || node.maintenance)) {
            cancel(entry, resource, node, "maintenance mode");
            return;
        }
        boolean relevant = entry.intervalMillis > 0
                || entry.isProbe()
                || entry.task.equals(Tasks.START)
                || entry.task.equals(Tasks.PROMOTE)
                || entry.task.equals(Tasks.MIGRATE_FROM);
        if (relevant && digests.dependOnHost(resource)) {
            model.onceAssigned.push(() -> clearIfChanged(entry, resource, node));
        } else if (relevant) {
            clearIfChanged(entry, resource, node);
        }
    }

    private void clearIfChanged(HistoryEntry entry, Primitive resource, Node node) {
        if (changed(entry, resource, node) && failCounts.effective(node, resource) > 0) {
            model.actions.clearFailcount(resource, node, "action definition changed");
        }
    }

    private boolean changed(HistoryEntry entry, Primitive resource, Node node) {
        boolean recurring = entry.intervalMillis > 0;
        if (recurring
                && Operations.find(resource, entry.task, entry.intervalMillis, false)
                        .isEmpty()) {
            if (model.options.cancelRemovedActions) {
                cancel(entry, resource, node, "orphan");
            }
            return true;
        }
        Digests.Verdict verdict = digests.compare(resource, entry, node);
        if (verdict == Digests.Verdict.MATCH || digests.onlySecretsDiffer(resource, entry, node)) {
            return false;
        }
        Unfencing.requireAfterChange(model, resource, node);
        if (verdict == Digests.Verdict.RESTART) {
            forceRestart(entry, resource);
        } else if (recurring) {
            Action again = model.actions.get(resource, entry.task, entry.intervalMillis, entry.task, node, true);
            again.reschedule = true;
        } else if (entry.get("op-restart-digest") != null) {
            reload(resource, node);
        } else {
            forceRestart(entry, resource);
        }
        return true;
    }

    /** Q: the action has no node until somebody asks for it with one. */
    private void forceRestart(HistoryEntry entry, Primitive resource) {
        String task = entry.intervalMillis > 0 ? entry.task : Tasks.START;
        Action required = model.actions.get(resource, task, entry.intervalMillis, task, null, false);
        required.because("resource definition change");
    }

    private void reload(Primitive resource, Node node) {
        if (!resource.managed || resource.failed) {
            return;
        }
        if (resource.startPending) {
            model.actions.get(resource, Tasks.STOP, node, false);
            return;
        }
        resource.reload = true;
        Action reload = model.actions.get(resource, Tasks.RELOAD, node, false);
        reload.because("resource definition change");
        model.order(reload, resource, Tasks.STOP, Order.ORDERED | Order.THEN_CANCELS_FIRST);
        model.order(reload, resource, Tasks.DEMOTE, Order.ORDERED | Order.THEN_CANCELS_FIRST);
    }

    private void cancel(HistoryEntry entry, Primitive resource, Node node, String why) {
        Action cancel = CancelActions.create(model, resource, entry.task, entry.intervalMillis, node);
        cancel.because(why);
        model.order(resource, Tasks.STOP, cancel, Order.ORDERED);
    }

    private void cleanUp(Primitive resource, Node node) {
        if (resource.failed || node.unclean || !node.online) {
            return;
        }
        Action delete = model.actions.get(resource, Tasks.DELETE, node, false);
        model.order(resource, Tasks.STOP, delete, delete.optional ? Order.FIRST_IMPLIES_THEN : Order.ORDERED);
        model.order(delete, resource, Tasks.START, delete.optional ? Order.FIRST_IMPLIES_THEN : Order.ORDERED);
    }
}
