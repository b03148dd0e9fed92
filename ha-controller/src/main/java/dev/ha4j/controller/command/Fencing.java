package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.NoQuorumPolicy;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.Proof;
import dev.ha4j.controller.command.StateCommand.ExpireLease;
import dev.ha4j.controller.command.StateCommand.FinishFence;
import dev.ha4j.controller.command.StateCommand.OrderFence;
import java.util.List;
import java.util.Optional;

/** The rules of fencing: intents, results, and what they prove. Pure. */
final class Fencing {

    static final String EXECUTOR_LOST = "its executor was lost: nobody knows whether the command was carried out";

    private Fencing() {}

    static Result order(ClusterState state, OrderFence order) {
        return order(state, order.target(), order.reason(), "");
    }

    /** @param orderedBy an operator, with a reason; empty for the cluster, which leaves an earlier operator's name as it is */
    static Result order(ClusterState state, NodeId target, String reason, String orderedBy) {
        List<FencePath> paths = StateMachine.paths(state, target);
        Optional<FenceOperation> open = state.fencing().open().get(target);
        Optional<String> refusal = orderRefusal(state, target, paths, open);
        if (refusal.isPresent()) {
            return Result.refused(refusal.get());
        }
        int attempt = open.map(FenceOperation::attempt).orElse(0) + 1;
        FencePath path = pathFor(paths, attempt);
        Optional<NodeId> executor = executorFor(state, target, paths.size(), attempt);
        if (executor.isEmpty()) {
            return Result.refused("no member but the target could fence node " + target);
        }
        FenceOperation operation = new FenceOperation(
                open.map(FenceOperation::id).orElse(state.fencing().lastId() + 1),
                target,
                state.node(target).incarnation(),
                executor.get(),
                path.deviceId(),
                attempt,
                true,
                reason,
                orderedBy.isEmpty() ? open.map(FenceOperation::orderedBy).orElse("") : orderedBy,
                open.map(FenceOperation::sinceMillis).orElse(state.wallMillis()));
        return StateMachine.applied(
                StateMachine.advance(state).fencing(state.fencing().with(operation)),
                new Effect.CarryOutFence(operation, path));
    }

    private static Optional<String> orderRefusal(
            ClusterState state, NodeId target, List<FencePath> paths, Optional<FenceOperation> open) {
        if (paths.isEmpty()) {
            return Optional.of("no fence device for node " + target);
        }
        if (state.node(target).presence() == Presence.LEFT_CLEANLY) {
            return Optional.of("node " + target + " left cleanly");
        }
        if (isProvenBeyond(state.node(target), paths)) {
            return Optional.of("node " + target + " is proven down already");
        }
        return open.filter(FenceOperation::underWay).map(operation -> "operation " + operation.id() + " is under way");
    }

    /** Nothing that these devices could prove is lacking: to switch it off again could only hit its next life. */
    private static boolean isProvenBeyond(NodeStatus target, List<FencePath> paths) {
        return target.presence() == Presence.LOST
                && paths.stream().allMatch(path -> target.proof().level().satisfies(path.proofLevel()));
    }

    /** One device after the other, then again from the first. */
    static FencePath pathFor(List<FencePath> paths, int attempt) {
        return paths.get((attempt - 1) % paths.size());
    }

    /** The designated controller first; after each round over the devices another member, never the target. */
    static Optional<NodeId> executorFor(ClusterState state, NodeId target, int devices, int attempt) {
        List<NodeId> candidates = state.nodes().stream()
                .filter(entry -> entry.getValue().isMember()
                        && !entry.getKey().equals(target)
                        && state.policy().node(entry.getKey()).isPresent())
                .map(java.util.Map.Entry::getKey)
                .sorted(java.util.Comparator.<NodeId, Boolean>comparing(
                                node -> !state.controller().equals(Optional.of(node)))
                        .thenComparing(node -> node))
                .toList();
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(candidates.get((attempt - 1) / devices % candidates.size()));
    }

    static Result finish(ClusterState state, NodeId sender, FinishFence finish) {
        Optional<FenceOperation> open = state.fencing().open().get(finish.target());
        Optional<String> refusal = finishRefusal(state, open, sender, finish);
        if (refusal.isPresent()) {
            return Result.refused(refusal.get());
        }
        return unlocks(finish.outcome()) ? confirmed(state, finish) : notConfirmed(state, open.orElseThrow(), finish);
    }

    /** Only a confirmation unlocks anything; what is unknown is not confirmed. */
    static boolean unlocks(FenceOutcome outcome) {
        return outcome == FenceOutcome.CONFIRMED;
    }

    /** A result counts for the operation and the life that it was made for; a late one for an earlier life for none. */
    private static Optional<String> finishRefusal(
            ClusterState state, Optional<FenceOperation> open, NodeId sender, FinishFence finish) {
        if (open.isEmpty() || open.get().id() != finish.operationId()) {
            return Optional.of("fencing operation " + finish.operationId() + " is not open");
        }
        if (!aimsAtPresentLife(state, finish)) {
            return Optional.of("node " + finish.target() + " is in another life now");
        }
        boolean latest = open.get().attempt() == finish.attempt()
                && open.get().executor().equals(sender);
        return latest || unlocks(finish.outcome())
                ? Optional.empty()
                : Optional.of("attempt " + finish.attempt() + " is not the last one");
    }

    static boolean aimsAtPresentLife(ClusterState state, FinishFence finish) {
        return state.node(finish.target()).incarnation().equals(finish.incarnation());
    }

    private static Result confirmed(ClusterState state, FinishFence finish) {
        ClusterStateBuilder next = StateMachine.advance(state);
        next.node(finish.target(), status -> proven(status, finish.level()));
        if (finish.level().satisfies(ProofLevel.PROCESS_KILLED)) {
            next.forgetHistory(finish.target());
        }
        return closed(state, next, record(state, finish));
    }

    /** A target that is still seen in the ring counts as lost from now on: it was just proven off. */
    static NodeStatus proven(NodeStatus status, ProofLevel level) {
        NodeStatus lost = status.presence() == Presence.LOST ? status : status.gone(Presence.LOST);
        return lost.withProof(lost.proof().with(level));
    }

    /** What an operator wants done to a member is tried once: nobody is to be surprised by a later attempt. */
    private static Result notConfirmed(ClusterState state, FenceOperation open, FinishFence finish) {
        if (!open.orderedBy().isEmpty() && state.node(finish.target()).isMember()) {
            return closed(state, StateMachine.advance(state), record(state, finish));
        }
        FenceOperation waiting = idle(open, finish.outcome() + ": " + finish.reason());
        return StateMachine.applied(
                StateMachine.advance(state).fencing(state.fencing().with(waiting)),
                new Effect.FenceClosed(record(state, finish)));
    }

    /** The operation waits for its next attempt. */
    static FenceOperation idle(FenceOperation open, String reason) {
        return new FenceOperation(
                open.id(),
                open.target(),
                open.incarnation(),
                open.executor(),
                open.deviceId(),
                open.attempt(),
                false,
                reason,
                open.orderedBy(),
                open.sinceMillis());
    }

    static Result confirmByHuman(ClusterState state, NodeId target, String operator, String reason) {
        FenceRecord record = new FenceRecord(
                state.fencing()
                        .open()
                        .get(target)
                        .map(FenceOperation::id)
                        .orElse(state.fencing().lastId() + 1),
                target,
                state.node(target).incarnation(),
                FenceOutcome.CONFIRMED_BY_HUMAN,
                ProofLevel.NONE,
                operator,
                reason,
                state.wallMillis());
        ClusterStateBuilder next = StateMachine.advance(state)
                .node(target, status -> status.withProof(status.proof().confirmedByHuman()));
        return closed(state, next, record);
    }

    static Result closed(ClusterState state, ClusterStateBuilder next, FenceRecord record) {
        next.fencing(FenceHistory.close(state.fencing(), record));
        return StateMachine.applied(next, new Effect.FenceClosed(record));
    }

    private static FenceRecord record(ClusterState state, FinishFence finish) {
        String orderedBy = state.fencing()
                .open()
                .get(finish.target())
                .map(FenceOperation::orderedBy)
                .orElse("");
        return new FenceRecord(
                finish.operationId(),
                finish.target(),
                finish.incarnation(),
                finish.outcome(),
                unlocks(finish.outcome()) ? finish.level() : ProofLevel.NONE,
                finish.by(),
                orderedBy.isEmpty() ? finish.reason() : "ordered by " + orderedBy + ": " + finish.reason(),
                state.wallMillis());
    }

    static Result expireLease(ClusterState state, ExpireLease expire) {
        NodeStatus status = state.node(expire.node());
        if (status.presence() != Presence.LOST || !status.incarnation().equals(expire.incarnation())) {
            return Result.refused("node " + expire.node() + " is not lost in that life");
        }
        if (!leaseIsSound(state)) {
            return Result.refused("a lease proves nothing where nodes go on without quorum, or at an operator's word");
        }
        Proof proof = status.proof().with(ProofLevel.SELF_LEASE);
        return StateMachine.applied(StateMachine.advance(state).node(expire.node(), node -> node.withProof(proof)));
    }

    /** A lease proves something only if a node without quorum stops, and only where no operator says who is in the cluster. */
    static boolean leaseIsSound(ClusterState state) {
        NoQuorumPolicy policy = state.policy().options().noQuorumPolicy();
        return policy != NoQuorumPolicy.FREEZE
                && policy != NoQuorumPolicy.IGNORE
                && state.voters().unblocking().isEmpty();
    }
}
