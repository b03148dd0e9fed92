package dev.ha4j.testkit.scenario;

import dev.ha4j.api.config.OperationName;
import dev.ha4j.testkit.world.FenceBehaviour;
import dev.ha4j.testkit.world.Host;
import dev.ha4j.testkit.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a test can do to the machines, the network and the code of a simulated cluster. */
abstract class BreakableCluster {

    private Optional<Partition> unfinished = Optional.empty();

    /** The running simulation, which is started if it isn't. */
    abstract Simulation simulation();

    abstract SimulatedCluster self();

    /** The resource's name, if one is hosted by it. */
    abstract String known(String resource);

    Simulation withoutHalfACut() {
        unfinished.ifPresent(partition -> {
            throw new IllegalStateException(partition + " doesn't say from whom: add .from(...)");
        });
        return simulation();
    }

    /** Cuts nodes off from others, both ways: {@code partition("a").from("b", "c")}. */
    public Partition partition(String... side) {
        return cutBegun(new Partition(self(), hosts(side), true));
    }

    /** Loses what these nodes send to others, but not what they hear: {@code mute("a").from("b")}. */
    public Partition mute(String... side) {
        return cutBegun(new Partition(self(), hosts(side), false));
    }

    private Partition cutBegun(Partition partition) {
        unfinished = Optional.of(partition);
        return partition;
    }

    SimulatedCluster cut(List<String> side, List<String> others, boolean bothWays) {
        unfinished = Optional.empty();
        List<String> far = hosts(others.toArray(String[]::new));
        String what = (bothWays ? "cut between " : "cut of the way from ") + side + (bothWays ? " and " : " to ") + far;
        return disturb(
                what,
                world -> side.forEach(near -> far.forEach(other -> {
                    world.network().cut(host(near).id(), host(other).id());
                    if (bothWays) {
                        world.network().cut(host(other).id(), host(near).id());
                    }
                })));
    }

    /** Loses this share of the packets from and to a node, 0 to 1. */
    public SimulatedCluster packetLoss(String node, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of packets is from 0 to 1, not " + share);
        }
        return disturb(
                "loss of " + share + " at " + node,
                world -> world.network().lossy(host(node).id(), share));
    }

    /** Delays each packet from and to a node by this much more. */
    public SimulatedCluster packetDelay(String node, Duration delay) {
        return disturb(
                "delay of " + delay + " at " + node,
                world -> world.network().slow(host(node).id(), delay.toNanos()));
    }

    /** Ends the process; the machine lives, and its disk keeps what was written. */
    public SimulatedCluster kill(String... nodes) {
        return each("kill", nodes, (world, host) -> world.kill(host, "killed"));
    }

    /** Takes the machine's power; its disk keeps what was forced to it. */
    public SimulatedCluster powerOff(String... nodes) {
        return each("power off", nodes, (world, host) -> world.powerOff(host, "power lost"));
    }

    /** Stops the process as SIGSTOP, or a long collection of garbage, does. */
    public SimulatedCluster freeze(String... nodes) {
        return each("freeze", nodes, World::freeze);
    }

    /** Lets a frozen process go on where it stood. */
    public SimulatedCluster thaw(String... nodes) {
        return each("thaw", nodes, World::wake);
    }

    /** Starts what is down, with power. */
    public SimulatedCluster restart(String... nodes) {
        return each("restart", nodes, World::start);
    }

    /** Lets the node hand over and leave, as {@code HaNode.close()} does; its process ends then. */
    public SimulatedCluster leave(String... nodes) {
        return each("leave", nodes, World::leave);
    }

    /** Lets each force of the disk take up to this long. */
    public SimulatedCluster slowDisk(String node, Duration force) {
        return each("slow disk", new String[] {node}, (world, host) -> host.diskForceTakes(force.toNanos()));
    }

    /** Lets each write to the disk fail. */
    public SimulatedCluster failDisk(String node) {
        return each("failing disk", new String[] {node}, (world, host) -> world.diskFails(host, true));
    }

    /** Ends the process, and empties its disk. Guarantees hold while a quorum's disks are kept. */
    public SimulatedCluster loseDisk(String node) {
        return each("disk lost", new String[] {node}, (world, host) -> {
            world.kill(host, "disk lost");
            world.wipeDisk(host);
        });
    }

    /** Changes the wall clock of a node. */
    public SimulatedCluster jumpWallClock(String node, Duration by) {
        return each("wall clock jumps", new String[] {node}, (world, host) -> host.jumpWallClock(by.toMillis()));
    }

    /** The devices that should fence this node say that they can't. */
    public SimulatedCluster fenceFails(String node) {
        return fences(node, FenceBehaviour.FAILING);
    }

    /** The devices that should fence this node don't answer, and do nothing. */
    public SimulatedCluster fenceHangs(String node) {
        return fences(node, FenceBehaviour.HANGING);
    }

    /** The devices that should fence this node do it, and their answers are lost. */
    public SimulatedCluster fenceAnswersAreLost(String node) {
        return fences(node, FenceBehaviour.DONE_BUT_UNKNOWN);
    }

    private SimulatedCluster fences(String node, FenceBehaviour behaviour) {
        String what = "fencing is " + behaviour + " for";
        return each(what, new String[] {node}, (world, host) -> host.fenceBehaviour(behaviour));
    }

    /** From here on this operation of the resource throws on the node, before the code under test is called. */
    public SimulatedCluster operationFails(String resource, OperationName operation, String node) {
        String where = host(node).name();
        return disturb(
                operation + " of " + known(resource) + " fails on " + where,
                world -> simulation().troubles().fails(resource, operation, where));
    }

    /** From here on this operation of the resource never returns on the node. */
    public SimulatedCluster operationHangs(String resource, OperationName operation, String node) {
        String where = host(node).name();
        return disturb(
                operation + " of " + known(resource) + " hangs on " + where,
                world -> simulation().troubles().hangs(resource, operation, where));
    }

    /** Repairs everything, and starts what is down. */
    public SimulatedCluster heal() {
        return disturb("heal", world -> simulation().heal());
    }

    /**
     * Lets time pass in which the seed draws faults of all kinds, one each eight seconds on average: the more seeds, the more
     * of them are met. Nodes that are down are started again. Ends with faults under way: {@link #heal} after it.
     */
    public SimulatedCluster storm(Duration length) {
        withoutHalfACut().storm(length);
        return self();
    }

    Host host(String node) {
        return simulation().host(node);
    }

    private List<String> hosts(String... nodes) {
        if (nodes.length == 0) {
            throw new IllegalArgumentException("name at least one node");
        }
        return List.of(nodes).stream().map(name -> host(name).name()).toList();
    }

    private SimulatedCluster each(String what, String[] nodes, Deed deed) {
        List<String> names = hosts(nodes);
        return disturb(
                what + " " + String.join(", ", names), world -> names.forEach(name -> deed.on(world, host(name))));
    }

    SimulatedCluster disturb(String what, Consumer<World> deed) {
        Simulation running = withoutHalfACut();
        running.disturb(what, () -> deed.accept(running.world()));
        return self();
    }

    @FunctionalInterface
    private interface Deed {
        void on(World world, Host host);
    }
}
