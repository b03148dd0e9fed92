package dev.ha4j.testkit.world;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A cluster of production nodes in virtual time, and all that can happen to it. A world is made and run by one thread; equal
 * options give equal worlds, step by step.
 */
public final class World {

    /** Wall time at which every simulation begins. */
    public static final long WALL_EPOCH_MILLIS = 1_800_000_000_000L;

    private static final int NEWEST_LEVEL = 2;
    private static final long SUPERVISION_NANOS = 5_000_000_000L;
    private static final long REFUSAL_NANOS = 400_000;

    private final WorldOptions options;
    private final Streams streams;
    private final VirtualTime time = new VirtualTime();
    private final Trace trace = new Trace(time::now);
    private final Network network;
    private final Storage storage;
    private final Replays replays;
    private final List<SimulatedWitness> witnesses = new ArrayList<>();
    private Optional<SimulatedWitness> witness = Optional.empty();
    private final SplittableRandom deaths;
    private final TreeMap<NodeId, Host> hosts = new TreeMap<>();
    private final RunningNode.Factory factory;

    public World(WorldOptions options, FactoryMaker factoryMaker) {
        this.options = options;
        this.streams = new Streams(options.seed());
        this.network = new Network(streams.stream("net"), options.quality());
        this.replays = new Replays(streams.stream("replays"));
        this.deaths = streams.stream("deaths");
        this.storage = new Storage(trace);
        int witnessVotes =
                options.policy().quorum().deviceVotes(options.policy().nodes());
        if (witnessVotes > 0) {
            appoint(newWitness(witnessVotes));
        }
        this.factory = factoryMaker.in(this);
        SplittableRandom traits = streams.stream("hosts");
        options.policy().nodes().forEach(node -> hosts.put(node.id(), host(node, traits)));
        trace.listen(new TermSampler(this));
    }

    /** Makes the factory of a world's nodes. */
    @FunctionalInterface
    public interface FactoryMaker {
        RunningNode.Factory in(World world);
    }

    private Host host(NodeSpec node, SplittableRandom traits) {
        int drift = options.maxDriftPartsPerMillion();
        int number = node.id().value();
        SimulatedDisk disk = new SimulatedDisk(
                time, streams.stream("disk", number), options.forceTakes().toNanos());
        disk.onPersisted(version -> trace.emit(number, 0, new Event.Persisted(version)));
        return new Host(
                node.id(),
                node.name(),
                disk,
                streams.stream("host", number),
                traits.nextInt(-drift, drift + 1),
                options.mixedLevels() && traits.nextBoolean() ? NEWEST_LEVEL : 1);
    }

    public WorldOptions options() {
        return options;
    }

    public Streams streams() {
        return streams;
    }

    public VirtualTime time() {
        return time;
    }

    public Trace trace() {
        return trace;
    }

    public Network network() {
        return network;
    }

    public Storage storage() {
        return storage;
    }

    /** The arbiter outside of the cluster that nodes ask which start now, if it has one. */
    public Optional<SimulatedWitness> witness() {
        return witness;
    }

    /** Sets up another arbiter, which is to have so many votes. Nobody asks it yet. */
    public SimulatedWitness newWitness(int votes) {
        SimulatedWitness added = new SimulatedWitness(time, SimulatedWitness.algorithm(votes), witnesses.size() + 1);
        witnesses.add(added);
        return added;
    }

    /** This is the arbiter for nodes that start from now on; those that run keep theirs. */
    public void appoint(SimulatedWitness next) {
        witness = Optional.of(next);
    }

    public Collection<Host> hosts() {
        return Collections.unmodifiableCollection(hosts.values());
    }

    public Host host(NodeId id) {
        Host host = hosts.get(id);
        if (host == null) {
            throw new IllegalArgumentException("no node " + id);
        }
        return host;
    }

    public Host host(String name) {
        return hosts.values().stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node " + name + " among " + hosts.values()));
    }

    /** Lets time pass. */
    public void run(Duration duration) {
        time.runUntil(time.now() + duration.toNanos());
    }

    // ---- what happens to hosts

    /** Starts the node's process, with power if it was off; does nothing if one is there, or it is held off. */
    public void start(Host host) {
        if (host.process().isPresent() || host.isHeld()) {
            return;
        }
        if (!host.isPowered()) {
            host.boots();
        }
        boolean diskKept = host.takeDiskKept();
        if (options.mixedLevels()) {
            host.mayBeUpgraded(NEWEST_LEVEL);
        }
        NodeProcess process = new NodeProcess(this, host);
        host.runs(process);
        emit(
                process,
                new Event.NodeStarted(
                        process.incarnation().toString(),
                        host.featureLevel(),
                        diskKept,
                        host.disk().takeTornTails()));
        process.runs(factory.start(process));
        supervise(process);
    }

    /** Ends the process of a node that has given up, as the operator's script would. */
    private void supervise(NodeProcess process) {
        time.after(SUPERVISION_NANOS, () -> {
            if (process.life().isAlive()) {
                if (!process.isFrozen()
                        && process.node().filter(RunningNode::isOver).isPresent()) {
                    kill(process.host(), "node stopped");
                } else {
                    supervise(process);
                }
            }
        });
    }

    /** The process dies, the host lives: what was written stays, and packets are refused. */
    public void kill(Host host, String cause) {
        host.process().ifPresent(process -> {
            end(process, cause);
            process.processEnded();
            host.disk().processEnded();
            comesBack(host, options.rebootTakes().toNanos() / 4);
        });
    }

    /** The host loses its power, and what was not forced to disk. */
    public void powerOff(Host host, String cause) {
        host.process().ifPresent(process -> end(process, cause));
        if (host.isPowered()) {
            host.powerFails();
            comesBack(host, options.rebootTakes().toNanos());
        }
    }

    private void end(NodeProcess process, String cause) {
        process.life().end();
        emit(process, new Event.NodeDied(cause));
    }

    private void comesBack(Host host, long afterNanos) {
        if (afterNanos > 0) {
            time.after(afterNanos + deaths.nextLong(afterNanos), () -> start(host));
        }
    }

    /** A disk that is empty, for the next start; only while no process runs. */
    public void wipeDisk(Host host) {
        if (host.process().isEmpty()) {
            host.wipeDisk();
        }
    }

    /** Whether the host's disk gives errors from now on. */
    public void diskFails(Host host, boolean failing) {
        host.diskFails(failing);
        trace.emit(host.id().value(), 0, new Event.DiskFailing(failing));
    }

    /** Whether what is written to the host's disk can't be made safe from now on. */
    public void diskForcesFail(Host host, boolean failing) {
        host.diskForcesFail(failing);
        trace.emit(host.id().value(), 0, new Event.DiskFailing(failing));
    }

    public void freeze(Host host) {
        host.process().filter(process -> !process.isFrozen()).ifPresent(process -> {
            process.life().freeze();
            emit(process, new Event.NodeFroze());
        });
    }

    public void wake(Host host) {
        host.process().filter(NodeProcess::isFrozen).ifPresent(process -> {
            time.after(0, () -> TermSampler.look(process));
            long frozenNanos = process.life().wake();
            emit(process, new Event.NodeWoke(frozenNanos));
        });
    }

    /** The node hands over and leaves; its process ends then, and comes back later. */
    public void leave(Host host) {
        host.process()
                .filter(process -> !process.isFrozen())
                .ifPresent(process -> process.node().ifPresent(node -> leave(process, node)));
    }

    private void leave(NodeProcess process, RunningNode node) {
        emit(process, new Event.LeaveBegan());
        node.leave(() -> {
            if (process.life().isAlive()) {
                end(process, "left");
                process.processEnded();
                comesBack(process.host(), options.rebootTakes().toNanos() / 4);
            }
        });
    }

    /** Whether the life that a fence aimed at is over; for a node never seen, whether nothing runs there. */
    boolean isOver(Host target, Optional<Incarnation> aimedAt) {
        return target.process()
                .map(process -> aimedAt.isPresent() && !aimedAt.get().equals(process.incarnation()))
                .orElse(true);
    }

    /** Repairs everything, and starts what is down. */
    public void heal() {
        network.heal(options.quality());
        witnesses.forEach(SimulatedWitness::heal);
        for (Host host : hosts.values()) {
            host.heal(options.forceTakes().toNanos());
            wake(host);
            start(host);
        }
        trace.world(new Event.Healed());
    }

    // ---- what travels between them

    /** A second user of the host's ring sends a message that is to be delivered as safe. */
    public void sendSafe(Host host, SplittableRandom random) {
        byte[] message = RingUser.message(random);
        host.process()
                .filter(process -> !process.isFrozen())
                .flatMap(NodeProcess::ring)
                .ifPresent(ring -> ring.sendSafe(message));
    }

    void packet(NodeProcess from, NodeId target, byte[] bytes) {
        Packet packet = new Packet(from.host().id(), from.life().number(), target, bytes);
        replays.sent(packet);
        network.send(packet.sender(), target, delay -> time.after(delay, () -> arrive(packet)));
    }

    private void arrive(Packet packet) {
        host(packet.target())
                .process()
                .flatMap(NodeProcess::ring)
                .ifPresent(ring -> ring.arrived(packet.sender(), packet.life(), packet.bytes()));
    }

    /**
     * One of the packets that this host's process sent lately arrives once more, as if somebody had kept it. What an earlier
     * life has sent does not: the handshake of the packet security refuses that.
     */
    public void replay(Host sender) {
        sender.process()
                .flatMap(process -> replays.any(sender.id(), process.lifeNumber()))
                .ifPresent(this::arrive);
    }

    /** A small packet that shows life; where no process is but a host, the sender hears of that. */
    void probe(NodeProcess from, NodeId target) {
        NodeId sender = from.host().id();
        network.send(sender, target, delay -> time.after(delay, () -> probeArrived(from, host(target))));
    }

    private void probeArrived(NodeProcess from, Host target) {
        Optional<SimulatedRing> ring = target.process().flatMap(NodeProcess::ring);
        if (ring.isPresent()) {
            ring.get().probed(from.host().id(), from.life().number());
        } else if (target.isPowered()) {
            network.send(
                    target.id(),
                    from.host().id(),
                    delay -> time.after(
                            delay + REFUSAL_NANOS,
                            () -> from.ring().ifPresent(hearing -> hearing.refused(target.id()))));
        }
    }

    /** An answer "nobody listens there" that is not true: forged, or from a firewall. */
    public void refuseFalsely(Host hearing, Host about) {
        hearing.process().flatMap(NodeProcess::ring).ifPresent(ring -> ring.refused(about.id()));
    }

    // ---- the trace

    public void emit(NodeProcess process, Event event) {
        trace.emit(process.host().id().value(), process.life().number(), event);
    }

    /** Runs the step when what the running task does has taken its time. */
    void atEndOfTask(Runnable step) {
        time.at(time.now(), step);
    }
}
