package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.Presence;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.Announce;
import dev.ha4j.controller.command.StateCommand.ByController;
import dev.ha4j.controller.command.StateCommand.CancelMonitor;
import dev.ha4j.controller.command.StateCommand.ClearFailures;
import dev.ha4j.controller.command.StateCommand.Dismiss;
import dev.ha4j.controller.command.StateCommand.ExpireLease;
import dev.ha4j.controller.command.StateCommand.OrderFence;
import dev.ha4j.controller.command.StateCommand.OrderOperation;
import dev.ha4j.controller.command.StateCommand.RaiseFeatureLevel;
import dev.ha4j.controller.command.StateCommand.Tick;
import dev.ha4j.controller.engine.Expectation;
import dev.ha4j.controller.engine.Planner;
import dev.ha4j.controller.engine.TransitionEngine;
import dev.ha4j.controller.fencing.BackOff;
import dev.ha4j.resources.Action;
import dev.ha4j.resources.Transition;
import dev.ha4j.runtime.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a node does while it is the designated controller: it plans on another thread, orders what is ready, and plans anew when
 * something happens that the plan did not foresee. All that it knows is in the state, so that a new one goes on from there.
 */
final class Conductor {

    /** How long it waits before it plans again after an order of its own was refused. */
    private static final long AFTER_REFUSAL_NANOS = Duration.ofMillis(500).toNanos();

    /** How long fencings that were open before this epoch wait for an answer that could not be told until now. */
    private static final long EVIDENCE_NANOS = Duration.ofMillis(50).toNanos();

    private final ControllerConfig config;
    private final ControllerPorts ports;
    private final Planner planner;
    private final Replica replica;
    private final Consumer<StateCommand> submit;
    private final VoterSteps voters;
    private final List<Timer> timers = new ArrayList<>();
    private Optional<TransitionEngine> engine = Optional.empty();
    private Optional<Timer> recheck = Optional.empty();
    private Optional<Transition> lastPlan = Optional.empty();
    private int outstanding;
    private boolean wantsPlan;
    private boolean planning;
    private boolean surprised;
    private long term;
    private boolean active;

    Conductor(
            ControllerConfig config,
            ControllerPorts ports,
            Planner planner,
            Replica replica,
            Consumer<StateCommand> submit) {
        this.config = config;
        this.ports = ports;
        this.planner = planner;
        this.replica = replica;
        this.submit = submit;
        this.voters = new VoterSteps(replica, this::after, this::give, this::wallMillis);
    }

    /** @param latestTokenNanos when a lost node may last have taken part, by the loop's clock */
    void epochOpened(long latestTokenNanos) {
        epochClosed();
        active = replica.state().controller().equals(Optional.of(config.self()));
        if (active) {
            watchLeases(latestTokenNanos);
            tellBirth();
            voters.epochOpened();
            raiseFeatureLevel();
            replica.state().fencing().open().values().toList().forEach(this::retryInNewEpoch);
            plan();
        }
    }

    void epochClosed() {
        term++;
        active = false;
        timers.forEach(Timer::cancel);
        timers.clear();
        recheck.ifPresent(Timer::cancel);
        recheck = Optional.empty();
        engine = Optional.empty();
        outstanding = 0;
        wantsPlan = false;
        planning = false;
        surprised = false;
    }

    /** The last plan that this node made as designated controller. */
    Optional<Transition> lastPlan() {
        return lastPlan;
    }

    void applied(ClusterState before, NodeId sender, StateCommand command) {
        if (!active) {
            return;
        }
        settled(sender, command);
        TransitionEngine walking = engine.orElseGet(() -> new TransitionEngine(nothing(before), 0));
        Expectation expectation = Expectation.of(walking, before, replica.state(), command);
        if (expectation instanceof Expectation.Ends ends) {
            walking.done(ends.action());
            advance();
        } else if (expectation instanceof Expectation.Surprise && planner.mayMatter(before, replica.state())) {
            abort();
            plan();
        }
        voters.stateChanged();
        if (command instanceof StateCommand.FinishFence finish) {
            replica.state().fencing().open().get(finish.target()).ifPresent(this::retryFence);
        }
    }

    private static Transition nothing(ClusterState state) {
        return new Transition(
                state.version(), List.of(), Optional.empty(), List.of(), dev.ha4j.resources.Placement.NONE);
    }

    /** Plans are made only when all orders given before are part of the state, so that none is given twice. */
    private void settled(NodeId sender, StateCommand command) {
        if (command instanceof ByController && sender.equals(config.self())) {
            outstanding = Math.max(0, outstanding - 1);
            if (outstanding == 0 && wantsPlan) {
                plan();
            }
        }
    }

    /** An order of this node was refused by all: what it was based on has changed. */
    void refused(NodeId sender, StateCommand command) {
        if (active && command instanceof ByController && sender.equals(config.self())) {
            outstanding = Math.max(0, outstanding - 1);
            abort();
            after(AFTER_REFUSAL_NANOS, this::plan);
        }
    }

    private void abort() {
        engine = Optional.empty();
        surprised = true;
    }

    private void plan() {
        wantsPlan = outstanding > 0;
        if (planning || wantsPlan) {
            return;
        }
        planning = true;
        surprised = false;
        recheck.ifPresent(Timer::cancel);
        long plannedIn = term;
        ClusterState snapshot = replica.state();
        Instant now = Instant.ofEpochMilli(wallMillis());
        ports.planner().execute(() -> {
            Transition transition = planner.plan(snapshot, now);
            ports.loop().execute(() -> planned(plannedIn, transition));
        });
    }

    /** A plan counts if this is still the epoch in which it was begun, and nothing unforeseen has come in between. */
    private void planned(long plannedIn, Transition transition) {
        if (plannedIn != term || !active) {
            return;
        }
        planning = false;
        if (surprised) {
            plan();
            return;
        }
        lastPlan = Optional.of(transition);
        transition.blocked().forEach(blockage -> ports.listener().timeline(blockage.reason()));
        recheckLater(transition);
        if (!transition.isEmpty()) {
            engine = Optional.of(new TransitionEngine(
                    transition, replica.state().policy().options().batchLimit()));
            advance();
        }
    }

    private void recheckLater(Transition transition) {
        Duration longest = replica.state().policy().options().recheckInterval();
        Duration wait = transition
                .recheckAt()
                .map(at -> Duration.ofMillis(Math.max(1, at.toEpochMilli() - wallMillis())))
                .filter(soon -> soon.compareTo(longest) < 0)
                .orElse(longest);
        long plannedIn = term;
        recheck = Optional.of(ports.loop().schedule(wait.toNanos(), () -> {
            if (plannedIn == term && engine.isEmpty()) {
                plan();
            }
        }));
    }

    private void advance() {
        if (engine.isEmpty()) {
            return;
        }
        TransitionEngine walking = engine.get();
        walking.begin().forEach(action -> order(action.action()));
        if (walking.isComplete()) {
            engine = Optional.empty();
            plan();
        }
    }

    private void order(Action action) {
        long wall = wallMillis();
        if (action instanceof Action.Operate operate) {
            give(new OrderOperation(
                    new OperationKey(operate.node(), operate.resource(), operate.operation(), operate.intervalMillis()),
                    operate.timeout(),
                    operate.expected(),
                    operate.exclusive(),
                    operate.parameters(),
                    operate.digests(),
                    operate.peer(),
                    operate.reason(),
                    wall));
        } else if (action instanceof Action.Fence fence) {
            orderFence(fence, wall);
        } else if (action instanceof Action.Announce announce) {
            give(new Announce(
                    new OperationKey(announce.node(), announce.resource(), OperationName.NOTIFY, 0),
                    announce.timeout(),
                    announce.intent(),
                    wall));
        } else if (action instanceof Action.Cancel cancel) {
            give(new CancelMonitor(
                    new OperationKey(cancel.node(), cancel.resource(), OperationName.MONITOR, cancel.intervalMillis()),
                    wall));
        } else if (action instanceof Action.ClearFailures clear) {
            give(new ClearFailures(clear.node(), clear.resource(), wall));
        } else if (action instanceof Action.Dismiss dismiss) {
            give(new Dismiss(dismiss.node(), wall));
        }
    }

    /** An operation that is open goes on at its own pace; the action ends with it. */
    private void orderFence(Action.Fence fence, long wall) {
        if (!replica.state().fencing().open().containsKey(fence.target())) {
            give(new OrderFence(fence.target(), fence.reason(), wall));
        }
    }

    /** The next attempt of a fencing that has not succeeded, when it has waited long enough. */
    private void retryFence(FenceOperation open) {
        if (!open.underWay()) {
            after(BackOff.after(open.attempt()).toNanos(), () -> retryNow(open));
        }
    }

    private void retryInNewEpoch(FenceOperation open) {
        long wait = BackOff.inNewEpoch(open.attempt()).toNanos();
        after(Math.max(EVIDENCE_NANOS, wait), () -> retryNow(open));
    }

    private void retryNow(FenceOperation open) {
        boolean stillWaits = replica.state()
                .fencing()
                .open()
                .get(open.target())
                .filter(open::equals)
                .isPresent();
        if (stillWaits) {
            give(new OrderFence(open.target(), open.lastReason(), wallMillis()));
        }
    }

    /** When the longest lease that a lost node can have has run out by all clocks, its end is recorded as proven to that degree. */
    private void watchLeases(long latestTokenNanos) {
        long due = latestTokenNanos + config.lease().successorWait().toNanos();
        long wait = Math.max(0, due - ports.loop().clock().nanoTime());
        after(wait, () -> replica.state().nodes().forEach(entry -> expireLease(entry.getKey(), entry.getValue())));
    }

    private void expireLease(NodeId node, NodeStatus status) {
        if (status.presence() == Presence.LOST && !status.proof().level().satisfies(ProofLevel.SELF_LEASE)) {
            give(new ExpireLease(node, status.incarnation(), wallMillis()));
        }
    }

    /** A new cluster learns when it was born, also if there is nothing to order yet: the grace for nodes never seen begins. */
    private void tellBirth() {
        if (replica.state().formedMillis() == 0) {
            give(new Tick(wallMillis()));
        }
    }

    private void give(StateCommand order) {
        outstanding++;
        submit.accept(order);
    }

    private void raiseFeatureLevel() {
        ClusterState state = replica.state();
        int common = state.policy().nodes().stream()
                .map(NodeSpec::id)
                .mapToInt(id -> state.node(id).announcedLevel())
                .min()
                .orElse(0);
        if (common > state.featureLevel()) {
            give(new RaiseFeatureLevel(common, wallMillis()));
        }
    }

    private void after(long nanos, Runnable task) {
        long plannedIn = term;
        timers.add(ports.loop().schedule(nanos, () -> {
            if (plannedIn == term && active) {
                task.run();
            }
        }));
    }

    /** The cluster's wall time never goes back. */
    private long wallMillis() {
        return Math.max(ports.wallMillis().getAsLong(), replica.state().wallMillis());
    }
}
