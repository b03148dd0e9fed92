package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.command.StateCommand.TestifyFence;
import java.util.Optional;

/** What operators order to be fenced: through the state while there is quorum, and as evidence afterwards if there was none. Pure. */
final class OperatorFencing {

    private OperatorFencing() {}

    /** An attempt that is under way already is the one that was asked for. */
    static Result order(ClusterState state, Request.Fence order) {
        boolean underWay = state.fencing()
                .open()
                .get(order.node())
                .filter(FenceOperation::underWay)
                .isPresent();
        return underWay
                ? StateMachine.applied(StateMachine.advance(state))
                : Fencing.order(state, order.node(), "ordered by " + order.orderedBy(), order.orderedBy());
    }

    /** A confirmation that came while there was no quorum unlocks now, if it aimed at the life that was lost. */
    static Result testify(ClusterState state, NodeId sender, TestifyFence testimony) {
        NodeStatus target = state.node(testimony.target());
        Optional<FencePath> path = StateMachine.paths(state, testimony.target()).stream()
                .filter(known -> known.deviceId().equals(testimony.device()))
                .findFirst();
        if (!state.node(sender).isMember()) {
            return Result.refused("node " + sender + " is not a member");
        }
        if (target.presence() != Presence.LOST || !target.incarnation().equals(testimony.incarnation())) {
            return Result.refused("node " + testimony.target() + " is not lost in that life");
        }
        return path.isPresent()
                ? testified(state, testimony, credible(testimony.level(), path.get()))
                : Result.refused("no fence device " + testimony.device() + " for node " + testimony.target());
    }

    private static ProofLevel credible(ProofLevel claimed, FencePath path) {
        return claimed.satisfies(path.proofLevel()) ? path.proofLevel() : claimed;
    }

    private static Result testified(ClusterState state, TestifyFence testimony, ProofLevel level) {
        NodeId target = testimony.target();
        FenceRecord record = new FenceRecord(
                state.fencing()
                        .open()
                        .get(target)
                        .map(FenceOperation::id)
                        .orElse(state.fencing().lastId() + 1),
                target,
                testimony.incarnation(),
                FenceOutcome.CONFIRMED,
                level,
                testimony.device(),
                "ordered by " + testimony.orderedBy() + " without quorum: " + testimony.evidence(),
                state.wallMillis());
        ClusterStateBuilder next = StateMachine.advance(state).node(target, status -> Fencing.proven(status, level));
        if (level.satisfies(ProofLevel.PROCESS_KILLED)) {
            next.forgetHistory(target);
        }
        return Fencing.closed(state, next, record);
    }
}
