package dev.ha4j.testkit.world;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.qnetd.Algorithm;
import dev.ha4j.qnetd.Heuristics;
import dev.ha4j.qnetd.QnetdSettings;
import dev.ha4j.qnetd.TlsMode;
import dev.ha4j.qnetd.client.ClientSession;
import dev.ha4j.qnetd.client.Step;
import dev.ha4j.qnetd.wire.QnetdMessage;
import dev.ha4j.qnetd.wire.RingId;
import dev.ha4j.qnetd.wire.Vote;
import dev.ha4j.quorum.DeviceAnswer;
import dev.ha4j.quorum.QuorumDevice;
import dev.ha4j.testkit.trace.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The production client of a witness in one process, in virtual time. */
final class SimulatedQuorumDevice implements QuorumDevice {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final int TICKS_PER_HEARTBEAT = 20;

    private final NodeProcess process;
    private final SimulatedWitness witness;
    private final VirtualTime time;
    private final HostClock clock;
    private final ClientSession session;
    private Consumer<DeviceAnswer> listener = answer -> {};
    private long connection;
    private boolean closed;

    SimulatedQuorumDevice(
            NodeProcess process,
            ClusterPolicy policy,
            SimulatedWitness witness,
            VirtualTime time,
            HostClock clock,
            SplittableRandom random) {
        this.process = process;
        this.witness = witness;
        this.time = time;
        this.clock = clock;
        this.session =
                new ClientSession(settings(policy, process.host().id(), witness.algorithm()), random, clock.nanoTime());
        tick();
    }

    private static QnetdSettings settings(ClusterPolicy policy, NodeId self, Algorithm algorithm) {
        TreeSet<NodeId> nodes =
                policy.nodes().stream().map(NodeSpec::id).collect(Collectors.toCollection(TreeSet::new));
        return new QnetdSettings(
                policy.clusterName(), self, nodes, 1, algorithm, TieBreaker.NONE, HEARTBEAT, TlsMode.OFF);
    }

    Host host() {
        return process.host();
    }

    @Override
    public void ask(long ringSequence, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer) {
        listener = answer;
        RingId ring = new RingId(members.first().value(), ringSequence);
        carryOut(session.ask(ring, members, Heuristics.UNDEFINED, clock.nanoTime()));
    }

    @Override
    public String arbiter() {
        return witness.name();
    }

    SimulatedWitness witness() {
        return witness;
    }

    @Override
    public void close() {
        closed = true;
        hangUp();
    }

    boolean isClosed() {
        return closed;
    }

    /** Also when the process is gone, and its host lives to say so. */
    void hangUp() {
        witness.hangUp(this, connection);
        connection = 0;
    }

    private void tick() {
        long pause = clock.worldNanos(HEARTBEAT.toNanos() / TICKS_PER_HEARTBEAT);
        time.after(
                pause,
                () -> process.life().run(Life.Kind.TASK, () -> {
                    if (!closed) {
                        carryOut(session.tick(clock.nanoTime()));
                        tick();
                    }
                }));
    }

    void connected(long which) {
        onLine(which, () -> session.connected(clock.nanoTime()));
    }

    void heard(long which, QnetdMessage message) {
        boolean acknowledges = message.vote().equals(Optional.of(Vote.ACK)) && which == connection;
        if (acknowledges
                && message.ring()
                        .filter(ring -> ring.sequence() == session.ringSequence())
                        .isEmpty()) {
            process.emit(new Event.OldVoteHeard(session.ringSequence()));
        }
        onLine(which, () -> session.received(message, clock.nanoTime()));
    }

    void lost(long which) {
        onLine(which, () -> session.disconnected("the arbiter closed the connection", clock.nanoTime()));
    }

    /** What comes on a connection that was given up already is for nobody. */
    private void onLine(long which, java.util.function.Supplier<List<Step>> happening) {
        process.life().run(Life.Kind.TASK, () -> {
            if (which == connection && !closed) {
                carryOut(happening.get());
            }
        });
    }

    private void carryOut(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.Connect) {
                connection = witness.call(this);
            } else if (step instanceof Step.Send send) {
                witness.say(this, connection, send.message());
            } else if (step instanceof Step.Disconnect) {
                witness.hangUp(this, connection);
                connection = 0;
            } else if (step instanceof Step.Voted voted) {
                process.emit(new Event.DeviceVoted(session.ringSequence(), voted.granted()));
                listener.accept(new DeviceAnswer(voted.granted(), voted.tenure()));
            }
        }
    }
}
