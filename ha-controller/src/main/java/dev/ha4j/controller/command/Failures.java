package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.FailCount;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.PersistentMap;
import java.util.Optional;

/** How failures are counted and forgotten. Pure. */
final class Failures {

    private Failures() {}

    static PersistentMap<OperationKey, FailCount> counted(ClusterState state, OperationKey key) {
        int before = state.failures().get(key).map(FailCount::count).orElse(0);
        int count = Math.min(Score.MAX, before + 1);
        return state.failures().put(key, new FailCount(count, state.wallMillis()));
    }

    /** Counts and failed runs of the resource are forgotten; runs that went well are not. */
    static ClusterStateBuilder cleared(ClusterState state, String resource, Optional<NodeId> node) {
        return StateMachine.advance(state)
                .failures(state.failures().removeIf((key, count) -> concerns(key, resource, node)))
                .history(state.history()
                        .removeIf((key, run) -> concerns(key, resource, node) && isHarmlessFailure(key, run)));
    }

    /** A failed stop or demote says that something may still be active: that is not forgotten by forgetting the failure. */
    private static boolean isHarmlessFailure(OperationKey key, OperationRecord run) {
        return run.isFailed() && Operations.isProbe(key);
    }

    private static boolean concerns(OperationKey key, String resource, Optional<NodeId> node) {
        boolean sameResource = key.resource().equals(resource)
                || InstanceName.primitiveOf(key.resource()).equals(resource);
        return sameResource && (node.isEmpty() || node.get().equals(key.node()));
    }
}
