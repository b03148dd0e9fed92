package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Status.NodeStatus;
import dev.ha4j.resources.config.Status.OperationRecord;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the two sides of a migration know of it. It is read from the records themselves, whatever was replayed so far. */
final class MigrationHistory {
    private final Model model;
    private final RunningNodes runningNodes;

    MigrationHistory(Model model, RunningNodes runningNodes) {
        this.model = model;
        this.runningNodes = runningNodes;
    }

    /** Names of source and target, for there need not be such nodes any more. */
    private record Ends(String source, String target) {}

    /** Empty unless the entry names both, and this node is the right one of them. */
    private static Optional<Ends> ends(HistoryEntry entry, Node here, boolean atSource) {
        String source = entry.get("migrate_source");
        String target = entry.get("migrate_target");
        return source != null && target != null && here.name.equalsIgnoreCase(atSource ? source : target)
                ? Optional.of(new Ends(source, target))
                : Optional.empty();
    }

    private Optional<Node> online(String node) {
        return model.node(node).filter(there -> there.online);
    }

    /** The resource's migration away from here was done: whether it arrived decides what it is now. */
    void left(Primitive resource, Node here, HistoryEntry entry) {
        ends(entry, here, true).ifPresent(ends -> left(resource, here, entry, ends));
    }

    private void left(Primitive resource, Node source, HistoryEntry entry, Ends ends) {
        String target = ends.target();
        HistoryEntry arrival = find(resource, target, Tasks.MIGRATE_FROM, ends.source());
        boolean newerHere = newerOperation(resource, ends.source(), entry);
        if (newerHere && (arrival != null || newerState(resource, target, entry, arrival, target))) {
            return;
        }
        if (arrival != null && arrival.rawStatus == HistoryEntry.DONE && arrival.rawRc == HistoryEntry.OK) {
            resource.role = Role.STOPPED;
            resource.danglingMigrations.add(source);
            return;
        }
        resource.role = Role.STARTED;
        Optional<Node> online = online(target);
        Optional<Node> active = online.filter(node -> !newerState(resource, target, entry, arrival, target));
        if (arrival != null && arrival.rawStatus != HistoryEntry.PENDING) {
            active.ifPresentOrElse(node -> runningNodes.add(resource, node, true), () -> fail(resource));
            return;
        }
        if (online.isPresent() && isUnknown(resource, target)) {
            return;
        }
        if (active.isPresent()) {
            runningNodes.add(resource, active.get(), false);
            if (source.online) {
                resource.migrationSource = source;
                resource.migrationTarget = active.get();
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
        ends(entry, here, true).ifPresent(ends -> failedToLeave(resource, here, entry, ends));
    }

    private void failedToLeave(Primitive resource, Node source, HistoryEntry entry, Ends ends) {
        String target = ends.target();
        resource.role = Role.STARTED;
        HistoryEntry arrival = find(resource, target, Tasks.MIGRATE_FROM, ends.source());
        boolean told = model.node(target).isPresent() && !isUnknown(resource, target);
        if (told && !newerState(resource, target, entry, arrival, target)) {
            online(target).ifPresent(node -> runningNodes.add(resource, node, false));
        } else if (!newerOperation(resource, ends.source(), entry)) {
            resource.danglingMigrations.add(source);
        }
    }

    void failedToArrive(Primitive resource, Node here, HistoryEntry entry) {
        ends(entry, here, false).ifPresent(ends -> failedToArrive(resource, entry, ends));
    }

    private void failedToArrive(Primitive resource, HistoryEntry entry, Ends ends) {
        String source = ends.source();
        resource.role = Role.STARTED;
        HistoryEntry departure = find(resource, source, Tasks.MIGRATE_TO, ends.target());
        if (!isUnknown(resource, source) && !newerState(resource, source, departure, entry, ends.target())) {
            online(source).ifPresent(node -> runningNodes.add(resource, node, true));
        }
    }

    /** Q: an operation that has more than one record there is not found at all. */
    private @Nullable HistoryEntry find(Primitive resource, String node, String task, @Nullable String peer) {
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

    private List<HistoryEntry> entries(Primitive resource, String node) {
        List<HistoryEntry> entries = new ArrayList<>();
        for (NodeStatus state : model.input.status().nodes()) {
            if (node.equals(state.get("uname"))) {
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
    private boolean newerOperation(Primitive resource, String node, HistoryEntry than) {
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
            Primitive resource, String node, @Nullable HistoryEntry to, @Nullable HistoryEntry from, String target) {
        HistoryEntry than = from;
        if (from == null || (to != null && !node.equals(target))) {
            than = to;
        }
        if (than == null) {
            return false;
        }
        HistoryEntry monitor = find(resource, node, Tasks.MONITOR, null);
        boolean notRunning = monitor != null && monitor.isDone() && monitor.rawRc == HistoryEntry.NOT_RUNNING;
        return newerOperation(resource, node, than) || (notRunning && isNewer(monitor, than));
    }

    private boolean isUnknown(Primitive resource, String node) {
        return entries(resource, node).stream().allMatch(entry -> entry.rawRc == HistoryEntry.UNKNOWN);
    }
}
