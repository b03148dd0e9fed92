package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.ReturnCode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the instances of a clone are active as far as the state knows it for done: what is under way does not count yet, and what was on
 * a lost node counts until its end is proven. Pure.
 */
public final class PeerRoles {

    /** What changes a role. */
    public static final List<OperationName> OPERATIONS =
            List.of(OperationName.START, OperationName.STOP, OperationName.PROMOTE, OperationName.DEMOTE);

    private PeerRoles() {}

    /** Nodes on which it is active, with its role. */
    public static SortedMap<NodeId, Role> of(ClusterState state, Primitive primitive) {
        boolean promotable = state.policy()
                .cloneOf(primitive.id())
                .map(Clone::options)
                .filter(options -> options.promotable())
                .isPresent();
        TreeMap<NodeId, Role> roles = new TreeMap<>();
        for (Map.Entry<NodeId, NodeStatus> node : state.nodes()) {
            NodeStatus status = node.getValue();
            boolean counts = status.isMember()
                    || (status.presence() == Presence.LOST && !status.proof().unlocks(primitive.meta()));
            Role role = Role.STOPPED;
            if (counts) {
                for (Map.Entry<OperationKey, OperationRecord> run : state.runs(node.getKey(), primitive.id())) {
                    role = after(run.getKey().operation(), run.getValue(), role, promotable);
                }
            }
            if (role.isActive()) {
                roles.put(node.getKey(), role);
            }
        }
        return roles;
    }

    private static Role after(OperationName operation, OperationRecord run, Role before, boolean promotable) {
        Role started = promotable ? Role.UNPROMOTED : Role.STARTED;
        if (run.status() != OperationStatus.DONE) {
            return before;
        }
        if (run.code() == ReturnCode.NOT_RUNNING && operation != OperationName.NOTIFY) {
            return Role.STOPPED;
        }
        boolean ok = run.code() == ReturnCode.OK;
        return switch (operation) {
            case START -> ok ? started : before;
            case STOP -> ok ? Role.STOPPED : before;
            case PROMOTE -> ok ? Role.PROMOTED : before;
            case DEMOTE -> ok ? started : before;
            case MONITOR -> monitored(run.code(), before, started);
            case NOTIFY, MIGRATE_TO, MIGRATE_FROM, RELOAD -> before;
        };
    }

    private static Role monitored(ReturnCode code, Role before, Role started) {
        return switch (code) {
            case OK, DEGRADED -> before.isActive() ? before : started;
            case RUNNING_PROMOTED, DEGRADED_PROMOTED -> Role.PROMOTED;
            default -> before;
        };
    }

    /** What was done between the two, and where; who is promoted and was not active was started too. */
    static SortedMap<OperationName, SortedSet<NodeId>> changes(
            SortedMap<NodeId, Role> before, SortedMap<NodeId, Role> now) {
        TreeSet<NodeId> all = new TreeSet<>(before.keySet());
        all.addAll(now.keySet());
        TreeMap<OperationName, SortedSet<NodeId>> changes = new TreeMap<>();
        for (NodeId node : all) {
            Role from = before.getOrDefault(node, Role.STOPPED);
            Role to = now.getOrDefault(node, Role.STOPPED);
            OPERATIONS.stream()
                    .filter(operation -> isBetween(from, to, operation))
                    .forEach(operation -> changes.computeIfAbsent(operation, name -> new TreeSet<>())
                            .add(node));
        }
        return changes;
    }

    private static boolean isBetween(Role before, Role now, OperationName operation) {
        return switch (operation) {
            case START -> !before.isActive() && now.isActive();
            case STOP -> before.isActive() && !now.isActive();
            case PROMOTE -> before != Role.PROMOTED && now == Role.PROMOTED;
            case DEMOTE -> before == Role.PROMOTED && now != Role.PROMOTED;
            default -> false;
        };
    }
}
