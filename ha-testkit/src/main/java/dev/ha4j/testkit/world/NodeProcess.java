package dev.ha4j.testkit.world;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.controller.ControllerListener;
import dev.ha4j.node.environment.NodeEnvironment;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.quorum.QuorumDevice;
import dev.ha4j.runtime.Disk;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.LeaseClock;
import dev.ha4j.runtime.Workers;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One process on a host, with the world as its node sees it. */
public final class NodeProcess implements NodeEnvironment {

    private static final long PLANNING_NANOS = 3_000_000;
    private static final long WORKER_START_NANOS = 200_000;
    private static final long CLOCK_ORIGIN_NANOS = 1L << 50;

    private final World world;
    private final Host host;
    private final Life life;
    private final Incarnation incarnation;
    private final SplittableRandom random;
    private final HostClock clock;
    private final SimulatedLoop ringLoop;
    private final SimulatedLoop controllerLoop;
    private final SimulatedExecutor planner;
    private final SimulatedExecutor diskThread;
    private Workers workers;
    private final TermWatch terms = new TermWatch(this);
    private Optional<SimulatedQuorumDevice> device;
    private @Nullable SimulatedRing ring;
    private @Nullable RunningNode node;

    NodeProcess(World world, Host host) {
        this.world = world;
        this.host = host;
        this.incarnation = host.nextIncarnation();
        this.random = host.random().split();
        VirtualTime time = world.time();
        this.life = new Life(time, host.lives(), random.nextBoolean());
        this.clock = new HostClock(
                time, random.nextLong(-CLOCK_ORIGIN_NANOS, CLOCK_ORIGIN_NANOS), host.driftPartsPerMillion());
        long hop = world.options().maxHopNanos();
        LongSupplier maxHop = () -> hop + host.slownessNanos();
        this.ringLoop = new SimulatedLoop(time, life, clock, random.split(), maxHop);
        this.controllerLoop = new SimulatedLoop(time, life, clock, random.split(), maxHop);
        this.planner = new SimulatedExecutor(time, life, random.split(), PLANNING_NANOS);
        this.diskThread = new SimulatedExecutor(time, life, random.split(), hop);
        LongSupplier maxStart = () -> WORKER_START_NANOS + host.threadsLateNanos();
        this.workers = new SimulatedWorkers(time, life, clock, random.split(), maxStart);
        this.device = world.witness().map(this::deviceOf);
    }

    private SimulatedQuorumDevice deviceOf(SimulatedWitness witness) {
        return new SimulatedQuorumDevice(this, world.options().policy(), witness, world.time(), clock, random.split());
    }

    /** An operator gives the node that runs here a device that asks this arbiter. Whether it has such a one now. */
    public boolean takes(SimulatedWitness witness) {
        RunningNode running = node;
        if (running == null || life.isFrozen()) {
            return false;
        }
        if (device.map(SimulatedQuorumDevice::witness).equals(Optional.of(witness))) {
            return true;
        }
        SimulatedQuorumDevice next = deviceOf(witness);
        boolean taken = takes(running, next);
        if (taken) {
            device = Optional.of(next);
        }
        emit(new Event.DeviceGiven(taken));
        return taken;
    }

    private static boolean takes(RunningNode node, SimulatedQuorumDevice next) {
        try {
            node.quorumDevice(next);
            return true;
        } catch (IllegalStateException e) {
            next.close();
            return false;
        }
    }

    /** What the host does for a process that is gone. */
    void processEnded() {
        device.ifPresent(SimulatedQuorumDevice::hangUp);
    }

    public Host host() {
        return host;
    }

    Life life() {
        return life;
    }

    TermWatch terms() {
        return terms;
    }

    /** A stream of random numbers for something that lives in this process. */
    public SplittableRandom devicesRandom() {
        return random.split();
    }

    /** From here on the code of users runs on threads that can rest. To be called before the node is made. */
    public void employ(UserThreads threads) {
        workers = new UserWorkers(threads, this, world.time(), clock, random.split(), WORKER_START_NANOS);
    }

    /** Runs the step after that time, as a thread of the user would: late if frozen, never after the end of this life. */
    public void later(long nanos, Runnable step) {
        world.time().after(nanos, () -> life.run(Life.Kind.USER, step));
    }

    public boolean isAlive() {
        return life.isAlive();
    }

    /** Number of this life, 1 for the node's first. */
    public int lifeNumber() {
        return life.number();
    }

    public boolean isFrozen() {
        return life.isFrozen();
    }

    void runs(RunningNode started) {
        node = started;
    }

    /** The node in this process; empty while it is being started. */
    public Optional<RunningNode> node() {
        return Optional.ofNullable(node);
    }

    Optional<SimulatedRing> ring() {
        return Optional.ofNullable(ring).filter(SimulatedRing::isOpen);
    }

    /** What a process says after its end, while the call in which it halted is still on the stack, nobody hears. */
    public void emit(Event event) {
        if (life.isAlive()) {
            world.emit(this, event);
        }
    }

    @Override
    public RingPort openRing(RingConfig config, NodeId self, RingSequences sequences, RingListener listener) {
        long probe = world.options().probeInterval().toNanos();
        SimulatedRing opened = new SimulatedRing(
                config, self, sequences, listener, ringLoop, wire(), this::emit, probe, random.split());
        ring = opened;
        return opened;
    }

    private SimulatedRing.Wire wire() {
        return new SimulatedRing.Wire() {
            @Override
            public void packet(NodeId target, byte[] bytes) {
                world.packet(NodeProcess.this, target, bytes);
            }

            @Override
            public void probe(NodeId target) {
                world.probe(NodeProcess.this, target);
            }
        };
    }

    @Override
    public EventLoop controllerLoop() {
        return controllerLoop;
    }

    @Override
    public Executor planner() {
        return planner;
    }

    @Override
    public Workers workers() {
        return workers;
    }

    @Override
    public Executor diskExecutor() {
        return diskThread;
    }

    @Override
    public Disk disk() {
        return host.disk();
    }

    @Override
    public QuorumDevice quorumDevice() {
        return device.isPresent() ? device.get() : QuorumDevice.NONE;
    }

    @Override
    public LeaseClock leaseClock() {
        return clock;
    }

    @Override
    public LongSupplier wallMillis() {
        return () -> World.WALL_EPOCH_MILLIS + world.time().now() / 1_000_000 + host.wallOffsetMillis();
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
        return host.featureLevel();
    }

    @Override
    public void halt(String reason) {
        emit(new Event.NodeHalted(reason));
        world.kill(host, "halted: " + reason);
    }

    @Override
    public ControllerListener observed(ControllerListener listener) {
        return new ControllerTrace(listener, this::emit);
    }
}
