package dev.ha4j.controller.command;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.TermGrant;
import dev.ha4j.controller.OperationOutcome;
import dev.ha4j.controller.command.StateCommand.FinishOperation;
import dev.ha4j.controller.command.StateCommand.OrderOperation;
import dev.ha4j.resources.LastRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules of operations: what may be ordered, and what a result changes. Pure. */
final class Operations {

    private Operations() {}

    /** Why an operation can't be ordered; empty if it can. */
    static Optional<String> orderRefusal(ClusterState state, OrderOperation order) {
        OperationKey key = order.key();
        NodeStatus status = state.node(key.node());
        if (!status.isMember() || status.incarnation().isEmpty()) {
            return Optional.of("node " + key.node() + " is not a member");
        }
        List<Map.Entry<OperationKey, OperationRecord>> runs = state.runs(key.node(), key.resource());
        Optional<OperationKey> inFlight = inFlight(runs);
        if (inFlight.isPresent()) {
            return Optional.of(inFlight.get() + " is under way");
        }
        if (takesRole(order) && !VoterChanges.isLasting(state, key.node())) {
            return Optional.of("node " + key.node() + " is not configured any more");
        }
        if (takesRole(order) && !Exclusivity.isKnown(state.policy(), key.resource())) {
            return Optional.of("there is no " + key.resource());
        }
        if (key.operation() == OperationName.START && runs.isEmpty()) {
            // it was ordered before the node said that it had stopped things by itself
            return Optional.of("nobody knows whether " + key.resource() + " is active on node " + key.node());
        }
        Optional<String> ticket = Tickets.missing(state, InstanceName.primitiveOf(key.resource()), key.operation());
        if (ticket.isPresent()) {
            return Optional.of("this cluster doesn't have ticket " + ticket.get());
        }
        return needsTerm(state, order) ? Exclusivity.refusal(state, key.resource(), key.node()) : Optional.empty();
    }

    /** Why nothing can be told to a resource on its node; empty if it can. */
    static Optional<String> announceRefusal(ClusterState state, OperationKey key) {
        if (!key.isNotice()) {
            return Optional.of(key + " tells a resource nothing");
        }
        if (!state.node(key.node()).isMember()) {
            return Optional.of("node " + key.node() + " is not a member");
        }
        List<Map.Entry<OperationKey, OperationRecord>> runs = state.runs(key.node(), key.resource());
        if (runs.isEmpty()) {
            return Optional.of("nobody knows whether " + key.resource() + " is active on node " + key.node());
        }
        return inFlight(runs).map(run -> run + " is under way");
    }

    /** One operation of a resource at a time on a node, recurring monitors aside. */
    private static Optional<OperationKey> inFlight(List<Map.Entry<OperationKey, OperationRecord>> runs) {
        return runs.stream()
                .filter(entry ->
                        entry.getKey().intervalMillis() == 0 && entry.getValue().isPending())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a term goes with it: the controller's word is enough to grant one, and not enough to do without. */
    static boolean needsTerm(ClusterState state, OrderOperation order) {
        return takesRole(order)
                && (order.exclusive()
                        || Exclusivity.isExclusive(
                                state.policy(),
                                order.key().resource(),
                                order.key().operation()));
    }

    private static boolean takesRole(OrderOperation order) {
        OperationName operation = order.key().operation();
        return operation == OperationName.START
                || operation == OperationName.PROMOTE
                || operation == OperationName.MIGRATE_FROM;
    }

    /** The next token, greater than all before. */
    static TermGrant grant(ClusterState state, OperationKey key) {
        Incarnation holder = state.node(key.node()).incarnation().orElseThrow();
        return new TermGrant(
                key.resource(),
                key.node(),
                holder,
                state.terms().lastToken() + 1,
                state.version().next());
    }

    static Result finish(ClusterState state, FinishOperation finish) {
        Optional<OperationRecord> ordered = state.history().get(finish.key());
        if (ordered.isEmpty() || ordered.get().callId() != finish.callId()) {
            return Result.refused("no such run: " + finish.key() + " " + finish.callId());
        }
        ClusterStateBuilder next = StateMachine.advance(state);
        OperationOutcome outcome = finish.outcome();
        if (outcome.status() == OperationStatus.CANCELLED) {
            return StateMachine.applied(next.history(state.history().remove(finish.key())));
        }
        OperationRecord record = ended(ordered.get(), outcome, state.wallMillis());
        next.record(finish.key(), record);
        if (finish.key().operation() == OperationName.RELOAD && !record.isFailed()) {
            reloaded(state, finish.key(), next, record);
        }
        if (record.isFailed() && !isProbe(finish.key()) && !finish.key().isNotice()) {
            next.failures(Failures.counted(state, finish.key()));
        }
        outcome.promotionScore()
                .ifPresent(score -> next.node(finish.key().node(), node -> scored(node, finish.key(), score)));
        return StateMachine.applied(next);
    }

    private static OperationRecord ended(OperationRecord ordered, OperationOutcome outcome, long wallMillis) {
        return new OperationRecord(
                ordered.callId(),
                outcome.status(),
                outcome.code(),
                ordered.expected(),
                ordered.token(),
                wallMillis,
                outcome.durationMillis(),
                outcome.reason(),
                ordered.parameters(),
                ordered.peer());
    }

    /** What runs there runs with the new parameters from now on. */
    private static void reloaded(
            ClusterState state, OperationKey reload, ClusterStateBuilder next, OperationRecord run) {
        state.history().stream()
                .filter(entry -> entry.getKey().node().equals(reload.node())
                        && entry.getKey().resource().equals(reload.resource())
                        && entry.getKey().intervalMillis() == 0
                        && entry.getKey().operation() != OperationName.RELOAD)
                .forEach(entry -> next.record(entry.getKey(), entry.getValue().with(run.parameters())));
    }

    /** A probe only looks: what it finds is no failure. */
    static boolean isProbe(OperationKey key) {
        return key.operation() == OperationName.MONITOR && key.intervalMillis() == 0;
    }

    private static NodeStatus scored(NodeStatus node, OperationKey key, int score) {
        TreeMap<String, Integer> scores = new TreeMap<>(node.promotionScores());
        scores.put(InstanceName.primitiveOf(key.resource()), score);
        return node.withPromotionScores(scores);
    }

    /** A resource that may be active on the node by its history, or has an operation under way. */
    static Optional<String> firstActive(ClusterState state, NodeId node) {
        return state.runs(node)
                .filter(entry -> (entry.getValue().isPending() && entry.getKey().intervalMillis() == 0)
                        || LastRole.of(state, node, entry.getKey().resource()) != LastRole.STOPPED)
                .map(entry -> entry.getKey().resource())
                .findFirst();
    }
}
