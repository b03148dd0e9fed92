package dev.ha4j.node.assembly;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Role;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is active where, read from the replicated history for people. */
final class ActiveRoles {

    private final SortedMap<String, SortedMap<NodeId, Role>> roles = new TreeMap<>();
    private final Set<String> promotable;

    private ActiveRoles(Set<String> promotable) {
        this.promotable = promotable;
    }

    /**
     * Replays what has ended, in the order in which it was called.
     *
     * @param promotable names of primitives that can be promoted
     */
    static ActiveRoles of(ClusterState state, Set<String> promotable) {
        ActiveRoles roles = new ActiveRoles(promotable);
        state.history().stream()
                .filter(entry -> state.node(entry.getKey().node()).isMember())
                .filter(entry -> entry.getValue().status() == OperationStatus.DONE)
                .sorted(Comparator.comparingLong(entry -> entry.getValue().callId()))
                .forEach(entry -> roles.replay(entry.getKey(), entry.getValue()));
        return roles;
    }

    /** Nodes on which the primitive is active. */
    SortedMap<NodeId, Role> of(String primitive) {
        TreeMap<NodeId, Role> active = new TreeMap<>(roles.getOrDefault(primitive, new TreeMap<>()));
        active.values().removeIf(role -> !role.isActive());
        return active;
    }

    private void replay(OperationKey key, OperationRecord record) {
        Map<NodeId, Role> byNode = roles.computeIfAbsent(key.resource(), name -> new TreeMap<>());
        Role before = byNode.getOrDefault(key.node(), Role.STOPPED);
        byNode.put(key.node(), after(key, record.code(), before, promotable.contains(key.resource())));
    }

    private static Role after(OperationKey key, ReturnCode code, Role before, boolean promotable) {
        Role started = promotable ? Role.UNPROMOTED : Role.STARTED;
        boolean ok = code == ReturnCode.OK;
        return switch (key.operation()) {
            case START -> ok ? started : before;
            case STOP -> ok ? Role.STOPPED : before;
            case PROMOTE -> ok ? Role.PROMOTED : before;
            case DEMOTE -> ok ? Role.UNPROMOTED : before;
            case MONITOR ->
                switch (code) {
                    case OK -> before.isActive() ? before : started;
                    case NOT_RUNNING -> Role.STOPPED;
                    case RUNNING_PROMOTED -> Role.PROMOTED;
                    default -> before;
                };
            default -> before;
        };
    }
}
