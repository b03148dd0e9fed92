package dev.ha4j.testkit.swarm;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.testkit.world.Host;
import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.SimulatedWitness;
import dev.ha4j.testkit.world.World;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Operators give a cluster another quorum device while it runs, or its first one. One of them does it the wrong way, on one node
 * whose device has votes, which has to be refused. Then they do it as they should: they take the votes, give each node its own
 * connection to the new arbiter, and when all have it, or will start with it, give it votes.
 *
 * <p>Careless ones ({@link FaultKind#ARBITERS_DIFFER}) first give one node another arbiter than the others, and mend it later.
 */
final class DeviceChange {

    private static final long SECOND = 1_000_000_000L;

    /** Whoever got a device that he should have refused has time to misuse it. */
    private static final long AFTER_MISTAKE_NANOS = 15 * SECOND;

    private static final long LOOK_NANOS = SECOND;

    /** Time for members to be lost while nodes ask two arbiters. */
    private static final long DIFFER_NANOS = 30 * SECOND;

    private final World world;
    private final Operators operators;
    private final Fault fault;
    private final BooleanSupplier over;
    private Optional<SimulatedWitness> appointed = Optional.empty();
    private Optional<SimulatedWitness> odd = Optional.empty();
    private boolean careless;
    private boolean resting;
    private boolean ended;

    DeviceChange(World world, Operators operators, Fault fault, BooleanSupplier over) {
        this.world = world;
        this.operators = operators;
        this.fault = fault;
        this.over = over;
        this.careless = fault.kind() == FaultKind.ARBITERS_DIFFER;
    }

    void begin() {
        if (careless) {
            goOn();
            return;
        }
        world.host(NodeId.of(fault.target())).process().ifPresent(this::mistake);
        after(AFTER_MISTAKE_NANOS, this::goOn);
    }

    void end() {
        ended = true;
    }

    /** Of one whose own state says that its device has votes; with an arbiter that no other node knows. */
    private void mistake(NodeProcess process) {
        boolean votes = process.node().map(node -> hasDevice(node.state())).orElse(false);
        if (votes) {
            process.takes(world.newWitness(wantedVotes()));
        }
    }

    private int wantedVotes() {
        return (int) fault.strength();
    }

    private void goOn() {
        if (!resting) {
            operators
                    .decided()
                    .filter(state -> state.voters().change().isEmpty())
                    .ifPresent(this::step);
        }
        after(LOOK_NANOS, this::goOn);
    }

    private void step(ClusterState state) {
        if (appointed.isEmpty()) {
            if (hasDevice(state)) {
                operators.changeDevice(Optional.empty());
            } else {
                appoint(world.newWitness(wantedVotes()));
            }
        } else if (hasDevice(state)) {
            given();
        } else if (allHaveOne(appointed.get())) {
            operators.changeDevice(Optional.of(Math.min(wantedVotes(), votes(state) - 1)));
        }
    }

    private void appoint(SimulatedWitness next) {
        appointed = Optional.of(next);
        odd = careless ? Optional.of(world.newWitness(wantedVotes())) : Optional.empty();
        world.appoint(next);
    }

    /** Who is down will start with the one that is appointed. */
    private boolean allHaveOne(SimulatedWitness appointed) {
        boolean all = true;
        for (Host host : world.hosts()) {
            boolean isOdd = host.id().value() == fault.target();
            SimulatedWitness its = isOdd ? odd.orElse(appointed) : appointed;
            all &= host.process().map(process -> process.takes(its)).orElse(true);
        }
        return all;
    }

    private void given() {
        if (careless) {
            careless = false;
            resting = true;
            after(DIFFER_NANOS, () -> {
                appointed = Optional.empty();
                resting = false;
            });
        } else {
            ended = true;
        }
    }

    private static boolean hasDevice(ClusterState state) {
        return state.policy().quorum().device().isPresent();
    }

    private static int votes(ClusterState state) {
        return state.policy().nodes().stream().mapToInt(NodeSpec::votes).sum();
    }

    private void after(long nanos, Runnable task) {
        world.time().after(nanos, () -> {
            if (!over.getAsBoolean() && !ended) {
                task.run();
            }
        });
    }
}
