package dev.ha4j.node.rehearsal;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.node.environment.NodeEnvironment;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.runtime.Disk;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.LeaseClock;
import dev.ha4j.runtime.Workers;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** The world of one life of a node on the stage: one thread, virtual time, memory. */
final class StageEnvironment implements NodeEnvironment {

    private static final int FEATURE_LEVEL = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final VirtualTime time;
    private final StageLoop loop;
    private final StageDisk disk;
    private final StageRing.Wire wire;
    private final Incarnation incarnation;
    private final RandomGenerator random;
    private @Nullable StageRing ring;

    StageEnvironment(
            VirtualTime time, StageDisk disk, StageRing.Wire wire, Incarnation incarnation, RandomGenerator random) {
        this.time = time;
        this.loop = new StageLoop(time);
        this.disk = disk;
        this.wire = wire;
        this.incarnation = incarnation;
        this.random = random;
    }

    /** The process is killed. */
    void end() {
        loop.end();
    }

    void arrived(NodeId from, byte[] packet) {
        if (ring != null) {
            ring.arrived(from, packet);
        }
    }

    void refused(NodeId peer) {
        if (ring != null) {
            ring.onRing((it, now) -> it.refused(peer, now));
        }
    }

    @Override
    public RingPort openRing(RingConfig config, NodeId self, RingSequences sequences, RingListener listener) {
        StageRing opened = new StageRing(config, self, sequences, listener, loop, wire);
        ring = opened;
        return opened;
    }

    @Override
    public EventLoop controllerLoop() {
        return loop;
    }

    @Override
    public Executor planner() {
        return loop;
    }

    @Override
    public Workers workers() {
        return new StageWorkers(loop);
    }

    @Override
    public Executor diskExecutor() {
        return loop;
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public LeaseClock leaseClock() {
        return time::now;
    }

    @Override
    public LongSupplier wallMillis() {
        return () -> time.now() / NANOS_PER_MILLI;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Incarnation incarnation() {
        return incarnation;
    }

    @Override
    public int featureLevel() {
        return FEATURE_LEVEL;
    }

    @Override
    public void halt(String reason) {
        end();
    }

    /** What happens on the stage is nobody's business. */
    @Override
    public Logger logger(String name) {
        return NOPLogger.NOP_LOGGER;
    }
}
