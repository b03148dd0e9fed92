package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.Presence;
import dev.ha4j.controller.command.StateCommand.Joiner;
import dev.ha4j.controller.command.StateCommand.OpenEpoch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The first step of an epoch: who is here, who is lost, who controls. Pure. */
final class EpochOpening {

    private EpochOpening() {}

    static Result apply(ClusterState state, OpenEpoch open) {
        TreeMap<NodeId, Joiner> joiners = new TreeMap<>();
        open.members().forEach(joiner -> joiners.put(joiner.node(), joiner));
        List<Effect> effects = new ArrayList<>();
        ClusterState next = StateMachine.advance(state)
                .version(Unblockings.version(
                        state.version().next().inEpoch(open.ring()), open.word(), joiners.navigableKeySet()))
                .controller(Optional.of(chooseController(candidates(state, open), state.controller())))
                .quorate(true)
                .build();
        for (Joiner joiner : joiners.values()) {
            next = joined(next, joiner, effects);
        }
        next = missingLost(next, joiners);
        ClusterState opened = orphansIdle(next);
        return open.word()
                .map(word -> Unblockings.heeded(opened, word, effects))
                .orElseGet(() -> new Result.Applied(opened, effects));
    }

    /** Who waits for the end of an earlier life, or is not configured, controls only if everybody does or is not. */
    private static List<Joiner> candidates(ClusterState state, OpenEpoch open) {
        List<Joiner> cleared = open.members().stream()
                .filter(joiner -> Entrance.isCleared(state, joiner))
                .toList();
        List<Joiner> voters = cleared.stream()
                .filter(joiner -> VoterChanges.isLasting(state, joiner.node()))
                .toList();
        return !voters.isEmpty() ? voters : cleared.isEmpty() ? open.members() : cleared;
    }

    /** Lowest software level, so that nobody gets what it can't read; then the incumbent; then the lowest id. */
    static NodeId chooseController(List<Joiner> members, Optional<NodeId> incumbent) {
        return members.stream()
                .min(Comparator.comparingInt(Joiner::softwareLevel)
                        .thenComparing(joiner -> !incumbent.equals(Optional.of(joiner.node())))
                        .thenComparing(Joiner::node))
                .orElseThrow()
                .node();
    }

    /** A life whose predecessor is not proven over does not count as the member: the node is lost, whoever speaks for it. */
    private static ClusterState joined(ClusterState state, Joiner joiner, List<Effect> effects) {
        if (Entrance.isCleared(state, joiner)) {
            Result.Applied admitted = Entrance.admitted(state, joiner);
            effects.addAll(admitted.effects());
            return admitted.state();
        }
        return state.node(joiner.node()).isMember()
                ? state.change()
                        .node(joiner.node(), status -> status.gone(Presence.LOST))
                        .build()
                : state;
    }

    /** Who is missing without a clean leave is lost, and nothing is known of its end. */
    private static ClusterState missingLost(ClusterState state, SortedMap<NodeId, Joiner> joiners) {
        ClusterStateBuilder next = state.change();
        for (var entry : state.nodes()) {
            if (entry.getValue().isMember() && !joiners.containsKey(entry.getKey())) {
                next.node(entry.getKey(), status -> status.gone(Presence.LOST));
            }
        }
        return withoutRemoved(next.build(), joiners);
    }

    /** Who is not configured had nothing when it was removed, and got nothing since: when it is gone it is forgotten. */
    private static ClusterState withoutRemoved(ClusterState state, SortedMap<NodeId, Joiner> joiners) {
        ClusterStateBuilder next = state.change();
        var nodes = state.nodes();
        for (NodeId node : nodes.keys().toList()) {
            boolean coming = state.voters()
                    .change()
                    .map(change ->
                            change.nodes().stream().anyMatch(spec -> spec.id().equals(node)))
                    .orElse(false);
            boolean gone = state.policy().node(node).isEmpty()
                    && !coming
                    && !joiners.containsKey(node)
                    && Operations.firstActive(state, node).isEmpty();
            if (gone) {
                nodes = nodes.remove(node);
            }
        }
        return next.nodes(nodes).build();
    }

    /** A fencing whose executor is gone, or has begun a new life, ended with an unknown result. */
    private static ClusterState orphansIdle(ClusterState state) {
        ClusterStateBuilder next = state.change();
        var fencing = state.fencing();
        for (FenceOperation operation : state.fencing().open().values().toList()) {
            if (operation.underWay()) {
                fencing = fencing.with(Fencing.idle(operation, Fencing.EXECUTOR_LOST));
            }
        }
        return next.fencing(fencing).build();
    }
}
