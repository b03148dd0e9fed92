package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Status.NodeStatus;
import dev.ha4j.resources.config.Status.OperationRecord;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the two sides of a migration know of it. It is read from the records themselves, whatever was replayed so far. */
final class MigrationHistory {
    private final Model model;
    private final RunningNodes runningNodes;

    MigrationHistory(Model model, RunningNodes runningNodes) {
        this.model = model;
        this.runningNodes = runningNodes;
    }

    /** Source and target, if the entry names both and this node is the right one of them. */
    private record Ends(Node source, Node target) {}

    private @Nullable Ends ends(HistoryEntry entry, Node here, boolean atSource) {
        String source = entry.get("migrate_source");
        String target = entry.get("migrate_target");
        if (source == null || target == null || !here.name.equalsIgnoreCase(atSource ? source : target)) {
            return null;
        }
        Node from = model.node(source).orElse(null);
        Node to = model.node(target).orElse(null);
        return from == null || to == null ? null : new Ends(from, to);
    }

    /** The resource's migration away from here was done: whether it arrived decides what it is now. */
    void left(Primitive resource, Node here, HistoryEntry entry) {
        Ends ends = ends(entry, here, true);
        if (ends == null) {
            return;
        }
        Node source = ends.source();
        Node target = ends.target();
        HistoryEntry arrival = find(resource, target, Tasks.MIGRATE_FROM, source.name);
        boolean newerHere = newerOperation(resource, source, entry);
        if (newerHere && (arrival != null || newerState(resource, target, entry, arrival, target))) {
            return;
        }
        if (arrival != null && arrival.rawStatus == HistoryEntry.DONE && arrival.rawRc == HistoryEntry.OK) {
            resource.role = Role.STOPPED;
            resource.danglingMigrations.add(source);
            return;
        }
        resource.role = Role.STARTED;
        boolean active = target.online && !newerState(resource, target, entry, arrival, target);
        if (arrival != null && arrival.rawStatus != HistoryEntry.PENDING) {
            if (active) {
                runningNodes.add(resource, target, true);
            } else {
                fail(resource);
            }
            return;
        }
        if (target.online && isUnknown(resource, target)) {
            return;
        }
        if (active) {
            runningNodes.add(resource, target, false);
            if (source.online) {
                resource.migrationSource = source;
                resource.migrationTarget = target;
            }
        } else if (!newerHere) {
            fail(resource);
        }
    }

    private static void fail(Primitive resource) {
        resource.failed = true;
        resource.mustStop = true;
        resource.allowMigrate = false;
    }

    void failedToLeave(Primitive resource, Node here, HistoryEntry entry) {
        Ends ends = ends(entry, here, true);
        if (ends == null) {
            return;
        }
        resource.role = Role.STARTED;
        HistoryEntry arrival = find(resource, ends.target(), Tasks.MIGRATE_FROM, ends.source().name);
        if (!isUnknown(resource, ends.target())
                && !newerState(resource, ends.target(), entry, arrival, ends.target())) {
            if (ends.target().online) {
                runningNodes.add(resource, ends.target(), false);
            }
        } else if (!newerOperation(resource, ends.source(), entry)) {
            resource.danglingMigrations.add(ends.source());
        }
    }

    void failedToArrive(Primitive resource, Node here, HistoryEntry entry) {
        Ends ends = ends(entry, here, false);
        if (ends == null) {
            return;
        }
        resource.role = Role.STARTED;
        HistoryEntry departure = find(resource, ends.source(), Tasks.MIGRATE_TO, ends.target().name);
        if (!isUnknown(resource, ends.source())
                && !newerState(resource, ends.source(), departure, entry, ends.target())
                && ends.source().online) {
            runningNodes.add(resource, ends.source(), true);
        }
    }

    /** Q: an operation that has more than one record there is not found at all. */
    private @Nullable HistoryEntry find(Primitive resource, Node node, String task, @Nullable String peer) {
        HistoryEntry found = null;
        for (HistoryEntry entry : entries(resource, node)) {
            if (entry.task.equals(task) && isWith(entry, task, peer)) {
                if (found != null) {
                    return null;
                }
                found = entry;
            }
        }
        return found;
    }

    private static boolean isWith(HistoryEntry entry, String task, @Nullable String peer) {
        String named = entry.get(task.equals(Tasks.MIGRATE_TO) ? "migrate_target" : "migrate_source");
        return peer == null || peer.equals(named);
    }

    private List<HistoryEntry> entries(Primitive resource, Node node) {
        List<HistoryEntry> entries = new ArrayList<>();
        for (NodeStatus state : model.input.status().nodes()) {
            if (node.name.equals(state.get("uname"))) {
                for (ResourceHistory history : state.resources()) {
                    if (history.id().equals(resource.id)) {
                        for (OperationRecord record : history.operations()) {
                            entries.add(new HistoryEntry(record));
                        }
                    }
                }
            }
        }
        return entries;
    }

    private static boolean isNewer(@Nullable HistoryEntry candidate, HistoryEntry than) {
        return candidate != null && HistoryEntry.compareByTime(candidate, than) > 0;
    }

    /** Whether something else was done there since. */
    private boolean newerOperation(Primitive resource, Node node, HistoryEntry than) {
        for (HistoryEntry entry : entries(resource, node)) {
            boolean counts = entry.task.equals(Tasks.START)
                    || entry.task.equals(Tasks.STOP)
                    || entry.task.equals(Tasks.MIGRATE_TO)
                    || entry.task.equals(Tasks.MIGRATE_FROM);
            if (counts && isNewer(entry, than)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the node has learned since what became of the resource. */
    private boolean newerState(
            Primitive resource, Node node, @Nullable HistoryEntry to, @Nullable HistoryEntry from, Node target) {
        HistoryEntry than = from;
        if (from == null || (to != null && node != target)) {
            than = to;
        }
        if (than == null) {
            return false;
        }
        HistoryEntry monitor = find(resource, node, Tasks.MONITOR, null);
        boolean notRunning = monitor != null && monitor.isDone() && monitor.rawRc == HistoryEntry.NOT_RUNNING;
        return newerOperation(resource, node, than) || (notRunning && isNewer(monitor, than));
    }

    private boolean isUnknown(Primitive resource, Node node) {
        return entries(resource, node).stream().allMatch(entry -> entry.rawRc == HistoryEntry.UNKNOWN);
    }
}
