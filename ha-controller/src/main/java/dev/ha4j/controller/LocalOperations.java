package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.api.state.TermGrant;
import dev.ha4j.controller.command.Effect;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.FinishOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The operations that this node was ordered to run. An exclusive one begins only when a quorum's disks know of its grant and
 * the lease runs. A result is sent until it is part of the state; one that the state does not wait for is dropped.
 */
final class LocalOperations {

    private static final long LEASE_RETRY_NANOS = Duration.ofMillis(5).toNanos();

    private final NodeId self;
    private final ControllerPorts ports;
    private final Replica replica;
    private final Terms terms;
    private final PeerNews news;
    private final BooleanSupplier stateKnowsRoles;
    private final Consumer<StateCommand> submit;
    private final SortedMap<Long, Effect.Execute> granted = new TreeMap<>();
    private final SortedMap<Long, Effect.Execute> running = new TreeMap<>();
    private final SortedMap<Long, FinishOperation> unreported = new TreeMap<>();

    /** @param stateKnowsRoles false from when this node stops roles by itself until the state has heard of it */
    LocalOperations(
            NodeId self,
            ControllerPorts ports,
            Replica replica,
            Terms terms,
            PeerNews news,
            BooleanSupplier stateKnowsRoles,
            Consumer<StateCommand> submit) {
        this.self = self;
        this.ports = ports;
        this.replica = replica;
        this.terms = terms;
        this.news = news;
        this.stateKnowsRoles = stateKnowsRoles;
        this.submit = submit;
    }

    boolean isIdle() {
        return granted.isEmpty() && running.isEmpty();
    }

    void ordered(Effect.Execute order) {
        if (!order.key().node().equals(self)) {
            return;
        }
        Optional<TermGrant> grant = order.grant();
        if (grant.isEmpty()) {
            begin(order, 0);
            return;
        }
        granted.put(order.callId(), order);
        long patienceUntil = ports.loop().clock().nanoTime() + order.timeout().toNanos();
        replica.whenAcknowledged(
                grant.get().grantedAt().index(), () -> beginWithTerm(order, grant.get(), patienceUntil));
    }

    /**
     * The grant is known to a quorum's disks; without a lease that runs it is worth nothing yet. Behind a stop of which the
     * state does not know, the order is out of date, and is dropped as soon as the state does.
     */
    private void beginWithTerm(Effect.Execute order, TermGrant grant, long patienceUntilNanos) {
        if (!granted.containsKey(order.callId())) {
            return;
        }
        if (ports.lease().isValid() && stateKnowsRoles.getAsBoolean()) {
            granted.remove(order.callId());
            terms.begin(grant);
            begin(order, grant.token());
        } else if (ports.loop().clock().nanoTime() - patienceUntilNanos >= 0) {
            granted.remove(order.callId());
            report(order, never("no lease, or the node stops by itself"));
        } else {
            ports.loop().schedule(LEASE_RETRY_NANOS, () -> beginWithTerm(order, grant, patienceUntilNanos));
        }
    }

    private void begin(Effect.Execute order, long token) {
        OperationKey key = order.key();
        running.put(order.callId(), order);
        if (order.intent().isPresent() || key.operation() == OperationName.PROMOTE) {
            news.catchUp(key.resource());
        }
        ports.resources()
                .execute(
                        new OperationOrder(
                                order.callId(),
                                key.resource(),
                                key.operation(),
                                key.intervalMillis(),
                                order.timeout(),
                                token,
                                order.parameters(),
                                order.peer()
                                        .map(replica.state().policy()::nameOf)
                                        .orElse(""),
                                order.intent().map(intent -> news.before(replica.state(), key.resource(), intent)),
                                order.reason()),
                        outcome -> ended(order, outcome));
    }

    private void ended(Effect.Execute order, OperationOutcome outcome) {
        if (!order.equals(running.get(order.callId()))) {
            return;
        }
        if (order.key().intervalMillis() == 0) {
            running.remove(order.callId());
        }
        if (endsRole(order.key().operation(), outcome)) {
            terms.end(order.key().resource(), "it has stopped, or was handed over");
        }
        report(order, outcome);
    }

    /** Whether the resource is out of its exclusive role for sure. */
    static boolean endsRole(OperationName operation, OperationOutcome outcome) {
        if (operation == OperationName.MIGRATE_TO) {
            return outcome.status() == OperationStatus.DONE && outcome.code() == ReturnCode.OK;
        }
        boolean well = outcome.status() == OperationStatus.DONE
                && (outcome.code() == ReturnCode.OK || outcome.code() == ReturnCode.NOT_RUNNING);
        return well && (operation == OperationName.STOP || operation == OperationName.DEMOTE);
    }

    private void report(Effect.Execute order, OperationOutcome outcome) {
        FinishOperation finish = new FinishOperation(order.key(), order.callId(), outcome);
        unreported.put(order.callId(), finish);
        submit.accept(finish);
    }

    private static OperationOutcome never(String why) {
        return new OperationOutcome(
                OperationStatus.CANCELLED, ReturnCode.GENERIC_ERROR, 0, "never begun: " + why, OptionalInt.empty());
    }

    /** A result has become part of the state. */
    void reported(FinishOperation finish) {
        unreported.remove(finish.callId(), finish);
    }

    void cancelled(OperationKey key) {
        if (key.node().equals(self)) {
            running.values().removeIf(order -> order.key().equals(key));
            unreported.values().removeIf(finish -> finish.key().equals(key));
            ports.resources().cancel(key.resource(), key.intervalMillis());
        }
    }

    /** The ring is gone: grants that wait for their acknowledgement will not get it. */
    void epochClosed() {
        for (Effect.Execute order : granted.values()) {
            unreported.put(order.callId(), new FinishOperation(order.key(), order.callId(), never("the ring changed")));
        }
        granted.clear();
    }

    /** Brings this node's operations and what the new epoch's state says of them together. */
    void epochOpened(ClusterState state) {
        for (Effect.Execute order : new ArrayList<>(running.values())) {
            if (!isExpected(state, order.key(), order.callId())) {
                drop(order);
            }
        }
        unreported.values().removeIf(finish -> !isExpected(state, finish.key(), finish.callId()));
        unreported.values().forEach(submit);
        state.history().stream()
                .filter(entry ->
                        entry.getKey().node().equals(self) && entry.getValue().isPending())
                .filter(entry -> !isKnown(entry.getValue().callId()))
                .forEach(entry -> submit.accept(new FinishOperation(
                        entry.getKey(), entry.getValue().callId(), never("the order did not arrive"))));
    }

    private boolean isKnown(long callId) {
        return running.containsKey(callId) || unreported.containsKey(callId);
    }

    private static boolean isExpected(ClusterState state, OperationKey key, long callId) {
        Optional<OperationRecord> record = state.history().get(key);
        return record.isPresent() && record.get().callId() == callId;
    }

    private void drop(Effect.Execute order) {
        running.remove(order.callId());
        if (order.key().intervalMillis() > 0) {
            ports.resources().cancel(order.key().resource(), order.key().intervalMillis());
        }
    }

    /** The state has forgotten what ran here: no result is waited for. */
    void forget() {
        new ArrayList<>(running.values()).forEach(this::drop);
        granted.clear();
        unreported.clear();
    }
}
