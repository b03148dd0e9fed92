package dev.ha4j.controller.command;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.NodeStatus;
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
        SortedMap<NodeId, Joiner> joiners = new TreeMap<>();
        open.members().forEach(joiner -> joiners.put(joiner.node(), joiner));
        List<Effect> effects = new ArrayList<>();
        ClusterState next = StateMachine.advance(state)
                .version(state.version().next().inEpoch(open.ring()))
                .controller(Optional.of(chooseController(open.members(), state.controller())))
                .quorate(true)
                .build();
        for (Joiner joiner : joiners.values()) {
            next = joined(next, joiner, effects);
        }
        next = missingLost(next, joiners);
        return new Result.Applied(orphansIdle(next), effects);
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

    private static ClusterState joined(ClusterState state, Joiner joiner, List<Effect> effects) {
        NodeStatus before = state.node(joiner.node());
        if (!isCleared(before, joiner.incarnation())) {
            return before.isMember()
                    ? state.change()
                            .node(joiner.node(), status -> status.gone(Presence.LOST))
                            .build()
                    : state;
        }
        ClusterStateBuilder next = state.change();
        NodeStatus now = before.joined(joiner.incarnation(), joiner.featureLevel(), joiner.implemented());
        if (continues(before, joiner)) {
            next.node(joiner.node(), status -> now.withPromotionScores(before.promotionScores()));
        } else {
            next.node(joiner.node(), status -> now).forgetHistory(joiner.node());
        }
        closeFence(state, joiner, next, effects);
        return next.build();
    }

    /** Whether the node's operations are what the state says: it was a member all along, in the same life. */
    static boolean continues(NodeStatus before, Joiner joiner) {
        return before.isMember()
                && joiner.historyHolds()
                && before.incarnation().equals(Optional.of(joiner.incarnation()));
    }

    /**
     * Whether the earlier life of a node that joins is known to be over. On the same machine it is: the new life holds the
     * exclusive lock on the local state, or the machine was booted anew. From another machine it needs proof.
     */
    static boolean isCleared(NodeStatus before, Incarnation now) {
        return before.incarnation().isEmpty()
                || before.presence() == Presence.LEFT_CLEANLY
                || before.incarnation().get().machineId().equals(now.machineId())
                || before.proof().level().satisfies(ProofLevel.PROCESS_KILLED)
                || before.proof().byHuman();
    }

    private static void closeFence(ClusterState state, Joiner joiner, ClusterStateBuilder next, List<Effect> effects) {
        Optional<FenceOperation> open = state.fencing().open().get(joiner.node());
        if (open.isPresent() && !state.node(joiner.node()).isMember()) {
            FenceRecord record = new FenceRecord(
                    open.get().id(),
                    joiner.node(),
                    open.get().incarnation(),
                    FenceOutcome.OBSOLETE,
                    ProofLevel.NONE,
                    "",
                    "the node came back",
                    state.wallMillis());
            next.fencing(FenceHistory.close(state.fencing(), record));
            effects.add(new Effect.FenceClosed(record));
        }
    }

    /** Who is missing without a clean leave is lost, and nothing is known of its end. */
    private static ClusterState missingLost(ClusterState state, SortedMap<NodeId, Joiner> joiners) {
        ClusterStateBuilder next = state.change();
        for (var entry : state.nodes()) {
            if (entry.getValue().isMember() && !joiners.containsKey(entry.getKey())) {
                next.node(entry.getKey(), status -> status.gone(Presence.LOST));
            }
        }
        return next.build();
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
