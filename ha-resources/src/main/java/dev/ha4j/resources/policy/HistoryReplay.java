package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import dev.ha4j.resources.config.Status.OperationRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replays what was done with one resource on one node, and draws the conclusions. */
final class HistoryReplay {
    private final Model model;
    private final Status status;
    private final Primitive resource;
    private final Node node;
    private final List<HistoryEntry> entries = new ArrayList<>();

    private OnFail onFail = OnFail.IGNORE;
    private @Nullable HistoryEntry lastFailure;
    private final ActiveRange range;

    /** The parts of the history phase that a replay needs. */
    record Status(Operations operations, Expiry expiry, RunningNodes runningNodes, MigrationHistory migrations) {}

    HistoryReplay(Model model, Status status, Primitive resource, Node node, List<OperationRecord> records) {
        this.model = model;
        this.status = status;
        this.resource = resource;
        this.node = node;
        records.forEach(record -> entries.add(new HistoryEntry(record)));
        Collections.reverse(entries);
        MergeSort.sort(entries, HistoryEntry::compareByTime);
        range = ActiveRange.of(entries);
    }

    List<HistoryEntry> entries() {
        return entries;
    }

    void run() {
        Role before = resource.role;
        resource.role = Role.UNKNOWN;
        entries.forEach(this::replay);
        noteRecurring();
        conclude();
        askForTargetRole();
        model.scoreLog.history(resource, node, lastFailure);
        if (before.isAbove(resource.role)) {
            resource.role = before;
        }
    }

    // One entry

    private void replay(HistoryEntry entry) {
        if (!entry.readable || !matters(entry.task)) {
            return;
        }
        boolean expired = status.expiry().check(resource, node, entry);
        remap(entry, expired);
        if (expired && isDropped(entry)) {
            return;
        }
        if (isMaskable(entry)) {
            update(entry, entry.expectedRc);
            resource.topIfAnonymous().ban(node);
            return;
        }
        switch (entry.status) {
            case HistoryEntry.PENDING -> pending(entry);
            case HistoryEntry.DONE -> update(entry, entry.rc);
            case HistoryEntry.AGENT_NOT_INSTALLED -> agentMissing(entry);
            default -> failed(entry);
        }
    }

    /** Q: in a bundle the failure of a probe is one. */
    private boolean isMaskable(HistoryEntry entry) {
        return entry.isMaskableProbe() && !resource.isBundled();
    }

    private static boolean matters(String task) {
        return switch (task) {
            case Tasks.MONITOR, Tasks.START, Tasks.STOP, Tasks.PROMOTE, Tasks.DEMOTE, "asyncmon" -> true;
            case Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> true;
            default -> false;
        };
    }

    /** Turns what was reported into what it means. */
    private void remap(HistoryEntry entry, boolean expired) {
        if (entry.rc == 190 || entry.rc == 191) {
            entry.rc = entry.rc == 190 ? HistoryEntry.OK : HistoryEntry.PROMOTED;
        }
        if (isMaskable(entry)) {
            entry.status = HistoryEntry.DONE;
            entry.rc = HistoryEntry.NOT_RUNNING;
            return;
        }
        if (entry.status != HistoryEntry.DONE && entry.status != HistoryEntry.ERROR) {
            if (entry.status == 10 || entry.status == 11) {
                entry.status = HistoryEntry.ERROR_HARD;
            }
            return;
        }
        entry.status = entry.rc == entry.expectedRc ? HistoryEntry.DONE : HistoryEntry.ERROR;
        remapByResult(entry, expired);
    }

    private void remapByResult(HistoryEntry entry, boolean expired) {
        switch (entry.rc) {
            case HistoryEntry.OK -> {
                if (entry.isProbe() && entry.expectedRc == HistoryEntry.NOT_RUNNING) {
                    entry.status = HistoryEntry.DONE;
                }
            }
            case HistoryEntry.NOT_RUNNING -> {
                if (entry.isProbe() || entry.rc == entry.expectedRc || !resource.managed) {
                    entry.status = HistoryEntry.DONE;
                    resource.role = Role.STOPPED;
                    onFail = OnFail.IGNORE;
                    resource.nextRole = Role.UNKNOWN;
                }
            }
            case HistoryEntry.PROMOTED -> {
                if (entry.isProbe() && entry.rc != entry.expectedRc) {
                    entry.status = HistoryEntry.DONE;
                }
                if (!expired || entry.rc == entry.expectedRc) {
                    resource.role = Role.PROMOTED;
                }
            }
            case HistoryEntry.FAILED_PROMOTED -> {
                if (!expired) {
                    resource.role = Role.PROMOTED;
                }
                entry.status = HistoryEntry.ERROR;
            }
            case HistoryEntry.NOT_CONFIGURED -> entry.status = HistoryEntry.ERROR_FATAL;
            case HistoryEntry.UNIMPLEMENTED -> {
                if (entry.intervalMillis > 0) {
                    entry.status = HistoryEntry.NOT_SUPPORTED;
                } else {
                    hard(entry, expired);
                }
            }
            case 2, HistoryEntry.NO_PERMISSION, HistoryEntry.NOT_INSTALLED -> hard(entry, expired);
            default -> entry.status = HistoryEntry.ERROR;
        }
    }

    private void hard(HistoryEntry entry, boolean expired) {
        if (!expired && entry.task.equals(Tasks.STOP) && !model.canFence(node)) {
            resource.managed = false;
            resource.blocked = true;
        }
        entry.status = HistoryEntry.ERROR_HARD;
    }

    /** What becomes of an entry that has expired. */
    private boolean isDropped(HistoryEntry entry) {
        if (isMaskable(entry) && entry.rawRc != entry.expectedRc) {
            if (!resource.role.isAbove(Role.STOPPED)) {
                resource.role = Role.UNKNOWN;
            }
            return true;
        }
        if (entry.rc == entry.expectedRc) {
            return false;
        }
        if (entry.intervalMillis == 0) {
            return true;
        }
        if (node.online && !node.unclean) {
            model.expiredRecurring.add(new Model.ExpiredRecurring(resource, node, entry.id));
            return true;
        }
        return false;
    }

    private void pending(HistoryEntry entry) {
        boolean resultKnown = lastFailure != null
                && lastFailure.task.equals(entry.task)
                && lastFailure.intervalMillis == entry.intervalMillis
                && lastFailure.changedSeconds >= entry.changedSeconds;
        if (resultKnown) {
            return;
        }
        switch (entry.task) {
            case Tasks.START -> {
                resource.startPending = true;
                setActive();
            }
            case Tasks.PROMOTE -> resource.role = Role.PROMOTED;
            case Tasks.MIGRATE_TO -> {
                String target = entry.get("migrate_target");
                if (node.unclean && target != null) {
                    model.node(target).ifPresent(where -> model.actions.get(resource, Tasks.STOP, where, false));
                }
            }
            default -> {}
        }
        if (resource.pendingTask == null && !entry.isProbe()) {
            resource.pendingTask = entry.task;
            resource.pendingNode = node;
        }
    }

    private void agentMissing(HistoryEntry entry) {
        OnFail configured = status.operations().onFail(resource, entry.task, entry.intervalMillis);
        if (configured == OnFail.IGNORE) {
            onFail = OnFail.BAN;
        }
        resource.topIfAnonymous().ban(node);
        fail(entry, configured);
    }

    private void failed(HistoryEntry entry) {
        OnFail configured = status.operations().onFail(resource, entry.task, entry.intervalMillis);
        boolean ignored = configured == OnFail.IGNORE
                || (configured == OnFail.RESTART_CONTAINER && entry.task.equals(Tasks.STOP));
        if (ignored) {
            update(entry, entry.expectedRc);
            resource.failureIgnored = true;
            if (configured == OnFail.RESTART_CONTAINER && OnFail.RESTART.orWorse(onFail) == OnFail.RESTART) {
                onFail = configured;
            }
            return;
        }
        fail(entry, configured);
        if (entry.status == HistoryEntry.NOT_CONNECTED) {
            failConnection();
        } else if (entry.status == HistoryEntry.ERROR_HARD) {
            resource.topIfAnonymous().ban(node);
        } else if (entry.status == HistoryEntry.ERROR_FATAL) {
            resource.topIfAnonymous().banEverywhere();
        }
    }

    /** What could not be reached through a connection shows that there is none, whatever its own history says. */
    private void failConnection() {
        if (node.connection != null && node.connection.managed) {
            node.connection.failed = true;
            node.connection.mustStop = true;
        }
    }

    private void setActive() {
        resource.role = resource.top().promotable ? Role.UNPROMOTED : Role.STARTED;
    }

    private void update(HistoryEntry entry, int rc) {
        boolean clear = false;
        if (rc == HistoryEntry.NOT_INSTALLED || isMaskable(entry)) {
            resource.role = Role.STOPPED;
        } else if (rc == HistoryEntry.NOT_RUNNING) {
            clear = true;
        } else {
            clear = updateRole(entry);
        }
        if (clear) {
            clearFailure();
        }
    }

    private boolean updateRole(HistoryEntry entry) {
        switch (entry.task) {
            case Tasks.MONITOR -> {
                if (resource.role.isBelow(Role.STARTED)) {
                    setActive();
                }
                return lastFailure != null
                        && lastFailure.task.equals(entry.task)
                        && lastFailure.intervalMillis == entry.intervalMillis;
            }
            case Tasks.START, Tasks.MIGRATE_FROM -> resource.role = Role.STARTED;
            case Tasks.STOP -> resource.role = Role.STOPPED;
            case Tasks.PROMOTE -> resource.role = Role.PROMOTED;
            case Tasks.DEMOTE -> {
                resource.role = Role.UNPROMOTED;
                return onFail == OnFail.DEMOTE;
            }
            case Tasks.MIGRATE_TO -> {
                status.migrations().left(resource, node, entry);
                return false;
            }
            default -> {
                if (resource.role.isBelow(Role.STARTED)) {
                    setActive();
                }
                return false;
            }
        }
        return true;
    }

    private void clearFailure() {
        switch (onFail) {
            case STOP, BAN, STANDBY, FENCE -> {}
            case RESET_REMOTE -> {
                if (resource.reconnectSeconds == 0) {
                    onFail = OnFail.IGNORE;
                    resource.nextRole = Role.UNKNOWN;
                }
            }
            default -> {
                onFail = OnFail.IGNORE;
                resource.nextRole = Role.UNKNOWN;
            }
        }
    }

    private void fail(HistoryEntry entry, OnFail configured) {
        lastFailure = entry;
        onFail = onFail.orWorse(configured);
        switch (entry.task) {
            case Tasks.STOP -> resource.ban(node);
            case Tasks.MIGRATE_TO -> status.migrations().failedToLeave(resource, node, entry);
            case Tasks.MIGRATE_FROM -> status.migrations().failedToArrive(resource, node, entry);
            case Tasks.PROMOTE -> resource.role = Role.PROMOTED;
            case Tasks.DEMOTE -> failedDemotion(entry, configured);
            default -> {}
        }
        if (entry.isProbe() && entry.rc == HistoryEntry.NOT_INSTALLED) {
            resource.role = Role.STOPPED;
        } else if (resource.role.isBelow(Role.STARTED)) {
            setActive();
        }
        Role after = Operations.roleAfterFailure(resource, configured, entry.task);
        if (after != Role.STARTED && resource.nextRole.isBelow(after)) {
            resource.nextRole = after;
        }
        if (after == Role.STOPPED) {
            forbidEverywhere(resource.topIfAnonymous());
        }
    }

    private void failedDemotion(HistoryEntry entry, OnFail configured) {
        if (configured == OnFail.BLOCK) {
            resource.role = Role.PROMOTED;
            resource.nextRole = Role.STOPPED;
        } else {
            resource.role = entry.rc == HistoryEntry.NOT_RUNNING ? Role.STOPPED : Role.UNPROMOTED;
        }
    }

    /** Q: of a clone only the table of the clone itself is replaced. */
    private void forbidEverywhere(Resource what) {
        what.table = new NodeTable(model.nodes);
        for (Node each : model.nodes) {
            what.table.insert(each, -Scores.INFINITY);
        }
    }

    // After the last entry

    private void noteRecurring() {
        if (!node.online) {
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            HistoryEntry entry = entries.get(i);
            boolean stale = range.start() < range.stop() ? i <= range.stop() : i < range.start();
            if (!stale && entry.intervalMillis > 0 && entry.rawStatus != HistoryEntry.PENDING) {
                model.actions.get(resource, entry.task, entry.intervalMillis, entry.task, node, true);
            }
        }
    }

    private void conclude() {
        boolean active = resource.role.isAbove(Role.STOPPED);
        if (resource.role != Role.UNKNOWN) {
            noteProbed();
        }
        if (active && !node.online && !node.maintenance && resource.managed) {
            loseNode();
        }
        OnFail effective = node.unclean ? OnFail.IGNORE : onFail;
        react(effective, active);
        if (resource.failed && resource.kind.isRemoteConnection()) {
            model.node(resource.id).filter(remote -> remote.unclean).ifPresent(remote -> remote.unseen = false);
        }
        if (active) {
            status.runningNodes().add(resource, node, onFail != OnFail.IGNORE);
            markFailed(effective);
        } else if (resource.historyName != null && resource.historyName.indexOf(':') >= 0) {
            resource.historyName = null;
        } else {
            Actions.findAll(resource, Tasks.STOP, node).forEach(stop -> stop.optional = true);
        }
        boolean source = resource.migrationSource == node;
        if (resource.role == Role.STOPPED && resource.isActive() && source) {
            resource.role = Role.STARTED;
        }
    }

    /** It is active where nobody can reach it. Q: a remote node is spared if another node can connect to it. */
    private void loseNode() {
        if (node.isGuest()) {
            resource.failed = true;
            resource.mustStop = true;
        } else if (!model.options.fencingEnabled) {
            return;
        } else if (node.connection != null && !node.connection.failed) {
            node.unseen = true;
        }
        model.actions.markForFencing(node, resource.id + " is thought to be active there");
    }

    private void noteProbed() {
        for (Resource up = resource; up != null; up = up.parent) {
            up.probedOn.add(node);
            if (up.unique) {
                break;
            }
        }
    }

    private void react(OnFail effective, boolean active) {
        switch (effective) {
            case DEMOTE -> {
                resource.failed = true;
                model.actions.get(resource, Tasks.DEMOTE, node, false);
            }
            case FENCE -> model.actions.markForFencing(node, resource.id + " failed there");
            case STANDBY -> node.standby = true;
            case BLOCK -> {
                resource.managed = false;
                resource.blocked = true;
            }
            case BAN -> resource.ban(node);
            case STOP -> resource.nextRole = Role.STOPPED;
            case RESTART -> {
                if (active) {
                    resource.failed = true;
                    resource.mustStop = true;
                    model.actions.get(resource, Tasks.STOP, node, false);
                }
            }
            case RESTART_CONTAINER -> {
                resource.failed = true;
                resource.mustStop = true;
                if (resource.container != null && resource.isBundled()) {
                    model.containersToStop.add(resource.container);
                } else if (resource.container != null) {
                    model.actions.get(resource.container, Tasks.STOP, node, false);
                } else if (active) {
                    model.actions.get(resource, Tasks.STOP, node, false);
                }
            }
            case RESET_REMOTE -> resetRemote(active);
            case IGNORE -> {}
        }
    }

    /** The node has to be fenced unless that was done already: what it does without a connection nobody knows. */
    private void resetRemote(boolean active) {
        resource.failed = true;
        resource.mustStop = true;
        if (model.options.fencingEnabled) {
            model.node(resource.id)
                    .filter(remote -> remote.remote && !remote.isGuest() && !remote.fencedBefore)
                    .ifPresent(remote -> model.actions.markForFencing(remote, "remote connection is unrecoverable"));
        }
        if (active) {
            model.actions.get(resource, Tasks.STOP, node, false);
        }
        if (resource.reconnectSeconds > 0) {
            resource.nextRole = Role.STOPPED;
        }
    }

    private void markFailed(OnFail effective) {
        switch (effective) {
            case IGNORE -> {}
            case DEMOTE, BLOCK -> resource.failed = true;
            default -> {
                resource.failed = true;
                resource.mustStop = true;
            }
        }
    }

    private void askForTargetRole() {
        TargetRole.of(resource).ifPresent(asked -> {
            if (resource.nextRole == Role.UNKNOWN || asked.isBelow(resource.nextRole)) {
                resource.nextRole = asked;
            }
        });
    }
}
