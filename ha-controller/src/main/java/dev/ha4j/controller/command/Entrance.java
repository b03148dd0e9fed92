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
import dev.ha4j.controller.command.StateCommand.Enter;
import dev.ha4j.controller.command.StateCommand.Joiner;
import java.util.List;
import java.util.Optional;

/** How a life of a node becomes a member: only when the one before it is over for sure. Pure. */
public final class Entrance {

    private Entrance() {}

    /**
     * What is proven of the end of the node's earlier life, if that is enough for the new one to enter; empty if it is not.
     * A node that was never seen, left cleanly, or goes on in the same life has no earlier one to answer for.
     */
    public static Optional<ProofLevel> clearance(NodeStatus before, Incarnation now) {
        if (before.presence() == Presence.LEFT_CLEANLY
                || isSameLife(before, now)
                || before.incarnation().isEmpty()) {
            return Optional.of(ProofLevel.NONE);
        }
        ProofLevel proven = before.proof()
                .level()
                .strongest(now.provesEndOf(before.incarnation().get()));
        return proven.satisfies(ProofLevel.PROCESS_KILLED) || before.proof().byHuman()
                ? Optional.of(proven)
                : Optional.empty();
    }

    private static boolean isSameLife(NodeStatus before, Incarnation now) {
        return before.incarnation().equals(Optional.of(now));
    }

    static boolean isCleared(ClusterState state, Joiner joiner) {
        return clearance(state.node(joiner.node()), joiner.incarnation()).isPresent();
    }

    /** A life that had to wait outside has been cleared in the meantime: its predecessor was fenced, or confirmed down. */
    static Result apply(ClusterState state, Enter enter) {
        NodeStatus before = state.node(enter.node());
        if (before.isMember()) {
            return Result.refused("node " + enter.node() + " is a member already");
        }
        return isCleared(state, enter.joiner())
                ? admitted(StateMachine.advance(state).build(), enter.joiner())
                : Result.refused("the earlier life of node " + enter.node() + " is not proven over");
    }

    static Result.Applied admitted(ClusterState state, Joiner joiner) {
        NodeStatus before = state.node(joiner.node());
        ClusterStateBuilder next = state.change();
        NodeStatus now = before.joined(joiner.incarnation(), joiner.featureLevel(), joiner.implemented());
        if (continues(before, joiner)) {
            next.node(joiner.node(), status -> now.withPromotionScores(before.promotionScores()));
            return new Result.Applied(next.build(), List.of());
        }
        next.node(joiner.node(), status -> now).forgetHistory(joiner.node());
        List<Effect> effects = fenceClosed(state, joiner, next);
        return new Result.Applied(next.build(), effects);
    }

    /** Whether the node's operations are what the state says: it was a member all along, in the same life. */
    private static boolean continues(NodeStatus before, Joiner joiner) {
        return before.isMember() && joiner.historyHolds() && isSameLife(before, joiner.incarnation());
    }

    /** What was to end an earlier life has nothing left to end, also where nobody has missed that life yet. */
    private static List<Effect> fenceClosed(ClusterState state, Joiner joiner, ClusterStateBuilder next) {
        Optional<FenceOperation> open = state.fencing().open().get(joiner.node());
        NodeStatus before = state.node(joiner.node());
        boolean stillMeant = before.isMember() && isSameLife(before, joiner.incarnation());
        if (open.isEmpty() || stillMeant) {
            return List.of();
        }
        FenceRecord record = obsolete(state, open.get(), joiner);
        next.fencing(FenceHistory.close(state.fencing(), record));
        return List.of(new Effect.FenceClosed(record));
    }

    private static FenceRecord obsolete(ClusterState state, FenceOperation open, Joiner joiner) {
        NodeId node = joiner.node();
        ProofLevel level = clearance(state.node(node), joiner.incarnation()).orElse(ProofLevel.NONE);
        return new FenceRecord(
                open.id(),
                node,
                open.incarnation(),
                FenceOutcome.OBSOLETE,
                level,
                "",
                "the node came back, " + word(level),
                state.wallMillis());
    }

    private static String word(ProofLevel level) {
        return switch (level) {
            case POWER_VERIFIED -> "its machine booted anew";
            case PROCESS_KILLED -> "holding the lock of its state directory";
            case NONE -> "in the same life";
            default -> "proven over by " + level;
        };
    }
}
