package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.FenceLedger;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.api.state.TermGrant;
import dev.ha4j.controller.command.StateCommand.Announce;
import dev.ha4j.controller.command.StateCommand.AnnounceImplemented;
import dev.ha4j.controller.command.StateCommand.Ask;
import dev.ha4j.controller.command.StateCommand.ByController;
import dev.ha4j.controller.command.StateCommand.BySelf;
import dev.ha4j.controller.command.StateCommand.CancelMonitor;
import dev.ha4j.controller.command.StateCommand.ClearFailures;
import dev.ha4j.controller.command.StateCommand.CompleteVoterChange;
import dev.ha4j.controller.command.StateCommand.Dismiss;
import dev.ha4j.controller.command.StateCommand.EndUnblocking;
import dev.ha4j.controller.command.StateCommand.Enter;
import dev.ha4j.controller.command.StateCommand.ExcuseVoters;
import dev.ha4j.controller.command.StateCommand.ExpireLease;
import dev.ha4j.controller.command.StateCommand.FinishFence;
import dev.ha4j.controller.command.StateCommand.FinishOperation;
import dev.ha4j.controller.command.StateCommand.ForgetHistory;
import dev.ha4j.controller.command.StateCommand.LeaveCleanly;
import dev.ha4j.controller.command.StateCommand.OpenEpoch;
import dev.ha4j.controller.command.StateCommand.OrderFence;
import dev.ha4j.controller.command.StateCommand.OrderOperation;
import dev.ha4j.controller.command.StateCommand.RaiseFeatureLevel;
import dev.ha4j.controller.command.StateCommand.RequestLeave;
import dev.ha4j.controller.command.StateCommand.TestifyFence;
import dev.ha4j.controller.command.StateCommand.Tick;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Applies commands. A pure function of (state, sender, command): all members that apply the same commands have the same state.
 * It trusts no designated controller with a guarantee: what would break one is refused here, whoever ordered it.
 */
public final class StateMachine {

    private StateMachine() {}

    public static Result apply(ClusterState state, NodeId sender, StateCommand command) {
        Result result = carryOut(state, sender, command);
        return result instanceof Result.Applied applied
                ? new Result.Applied(Unblockings.settled(applied.state()), applied.effects())
                : result;
    }

    private static Result carryOut(ClusterState state, NodeId sender, StateCommand command) {
        Optional<String> refusal = senderRefusal(state, sender, command);
        if (refusal.isPresent()) {
            return Result.refused(refusal.get());
        }
        if (command instanceof OpenEpoch open) {
            return EpochOpening.apply(state, open);
        }
        if (command instanceof ByController ordered) {
            return applyOrder(stamped(state, ordered), ordered);
        }
        if (command instanceof BySelf said) {
            return applySelf(state, said);
        }
        return applyReport(state, sender, command);
    }

    /** Who may say what: only the designated controller orders, and nobody speaks for another. */
    static Optional<String> senderRefusal(ClusterState state, NodeId sender, StateCommand command) {
        if (command instanceof ByController && !state.controller().equals(Optional.of(sender))) {
            return Optional.of("node " + sender + " is not the designated controller");
        }
        if (command instanceof BySelf said) {
            return selfRefusal(state, sender, said);
        }
        if (command instanceof Enter enter && !enter.node().equals(sender)) {
            return Optional.of("node " + sender + " speaks for node " + enter.node());
        }
        if (command instanceof FinishOperation finish
                && !(finish.key().node().equals(sender) && state.node(sender).isMember())) {
            return Optional.of(
                    "node " + sender + " reports for node " + finish.key().node());
        }
        return Optional.empty();
    }

    private static Optional<String> selfRefusal(ClusterState state, NodeId sender, BySelf said) {
        NodeStatus status = state.node(said.node());
        boolean same = said.node().equals(sender)
                && status.isMember()
                && status.incarnation().equals(Optional.of(said.incarnation()));
        return same ? Optional.empty() : Optional.of("node " + sender + " speaks for a life that is not a member");
    }

    private static Result applyOrder(ClusterState state, ByController command) {
        if (command instanceof OrderOperation order) {
            return orderOperation(state, order);
        }
        if (command instanceof Announce announce) {
            return announce(state, announce);
        }
        if (command instanceof CancelMonitor cancel) {
            ClusterStateBuilder next = advance(state).history(state.history().remove(cancel.key()));
            return applied(next, new Effect.CancelRun(cancel.key()));
        }
        if (command instanceof ClearFailures clear) {
            return applied(Failures.cleared(state, clear.resource(), Optional.of(clear.node())));
        }
        if (command instanceof OrderFence order) {
            return Fencing.order(state, order);
        }
        if (command instanceof Dismiss dismiss) {
            return dismiss(state, dismiss);
        }
        if (command instanceof ExpireLease expire) {
            return Fencing.expireLease(state, expire);
        }
        if (command instanceof RaiseFeatureLevel raise) {
            return raiseFeatureLevel(state, raise);
        }
        if (command instanceof CompleteVoterChange complete) {
            return VoterChanges.complete(state, complete);
        }
        if (command instanceof ExcuseVoters excuse) {
            return Downscale.excuse(state, excuse);
        }
        if (command instanceof EndUnblocking end) {
            return Unblockings.end(state, end);
        }
        if (command instanceof Tick) {
            return applied(advance(state));
        }
        throw new AssertionError(command);
    }

    private static Result applySelf(ClusterState state, BySelf command) {
        NodeId node = command.node();
        if (command instanceof RequestLeave) {
            return applied(advance(state).node(node, status -> status.withLeaving(true)));
        }
        if (command instanceof LeaveCleanly) {
            return leaveCleanly(state, node);
        }
        if (command instanceof ForgetHistory) {
            return applied(advance(state).forgetHistory(node));
        }
        if (command instanceof AnnounceImplemented announce) {
            return applied(advance(state).node(node, status -> status.withImplemented(announce.implemented())));
        }
        throw new AssertionError(command);
    }

    private static Result applyReport(ClusterState state, NodeId sender, StateCommand command) {
        if (command instanceof FinishOperation finish) {
            return Operations.finish(state, finish);
        }
        if (command instanceof FinishFence finish) {
            return Fencing.finish(state, sender, finish);
        }
        if (command instanceof Enter enter) {
            return Entrance.apply(state, enter);
        }
        if (command instanceof TestifyFence testimony) {
            return OperatorFencing.testify(state, sender, testimony);
        }
        if (command instanceof Ask ask) {
            return Requests.apply(state, ask);
        }
        throw new AssertionError(command);
    }

    private static Result orderOperation(ClusterState state, OrderOperation order) {
        OperationKey key = order.key();
        Optional<String> refusal = Operations.orderRefusal(state, order);
        if (refusal.isPresent()) {
            return Result.refused(refusal.get());
        }
        ClusterStateBuilder next = advance(state);
        Optional<TermGrant> grant = Optional.empty();
        if (Operations.needsTerm(state, order)) {
            grant = Optional.of(Operations.grant(state, key));
            next.terms(state.terms()
                    .grant(
                            key.resource(),
                            key.node(),
                            grant.get().incarnation(),
                            grant.get().grantedAt()));
        }
        long callId = state.lastCallId() + 1;
        long token = grant.map(TermGrant::token).orElse(0L);
        next.lastCallId(callId)
                .record(
                        key,
                        OperationRecord.ordered(callId, order.expected(), token, state.wallMillis())
                                .with(order.digests())
                                .withPeer(order.peer()));
        return applied(
                next,
                new Effect.Execute(
                        key,
                        callId,
                        order.timeout(),
                        grant,
                        order.parameters(),
                        order.peer(),
                        Optional.empty(),
                        order.reason()));
    }

    private static Result announce(ClusterState state, Announce announce) {
        OperationKey key = announce.key();
        Optional<String> refusal = Operations.announceRefusal(state, key);
        if (refusal.isPresent()) {
            return Result.refused(refusal.get());
        }
        long callId = state.lastCallId() + 1;
        ClusterStateBuilder next = advance(state)
                .lastCallId(callId)
                .record(key, OperationRecord.ordered(callId, ReturnCode.OK, 0, state.wallMillis()));
        return applied(
                next,
                new Effect.Execute(
                        key,
                        callId,
                        announce.timeout(),
                        Optional.empty(),
                        Collections.emptySortedMap(),
                        Optional.empty(),
                        Optional.of(announce.intent()),
                        "its peers are to "
                                + announce.intent().operation().name().toLowerCase(Locale.ROOT)));
    }

    private static Result dismiss(ClusterState state, Dismiss dismiss) {
        NodeStatus status = state.node(dismiss.node());
        if (!status.isMember() || !status.leaving()) {
            return Result.refused("node " + dismiss.node() + " did not ask to leave");
        }
        return applied(advance(state), new Effect.Dismissed(dismiss.node()));
    }

    /** The last word on a clean leave: nothing in the history may be active. */
    private static Result leaveCleanly(ClusterState state, NodeId node) {
        if (!state.node(node).leaving()) {
            return Result.refused("node " + node + " did not ask to leave");
        }
        Optional<String> active = Operations.firstActive(state, node);
        if (active.isPresent()) {
            return Result.refused(active.get() + " may still be active on node " + node);
        }
        ClusterStateBuilder next = advance(state)
                .forgetHistory(node)
                .node(node, status -> status.gone(Presence.LEFT_CLEANLY).withLeaving(false));
        return applied(next, new Effect.LeftCleanly(node));
    }

    private static Result raiseFeatureLevel(ClusterState state, RaiseFeatureLevel raise) {
        boolean allKnow = state.policy().nodes().stream()
                .allMatch(node -> state.node(node.id()).announcedLevel() >= raise.level());
        if (raise.level() <= state.featureLevel() || !allKnow) {
            return Result.refused("feature level " + raise.level() + " is not known to all configured nodes");
        }
        return applied(advance(state).featureLevel(raise.level()));
    }

    /** The cluster's wall time never goes back. Its first is that of the cluster's birth. */
    private static ClusterState stamped(ClusterState state, ByController command) {
        if (command.wallMillis() <= state.wallMillis()) {
            return state;
        }
        long formedMillis = state.formedMillis() == 0 ? command.wallMillis() : state.formedMillis();
        return state.change()
                .wallMillis(command.wallMillis())
                .formedMillis(formedMillis)
                .build();
    }

    static ClusterStateBuilder advance(ClusterState state) {
        return state.change().version(state.version().next());
    }

    static Result applied(ClusterStateBuilder next, Effect... effects) {
        return new Result.Applied(next.build(), List.of(effects));
    }

    /** Devices that can fence the target, in the order in which they are tried. */
    static List<FencePath> paths(ClusterState state, NodeId target) {
        return state.policy().fencePaths(state.policy().nameOf(target));
    }

    static boolean isOpen(FenceLedger ledger, NodeId target) {
        return ledger.open().containsKey(target);
    }

    static boolean isOver(OperationStatus status) {
        return status != OperationStatus.PENDING;
    }
}
