package dev.ha4j.testkit.scenario;

import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.LeadershipTask;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.HealthColor;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.PromotableSpec;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.controller.Request;
import dev.ha4j.testkit.trace.JsonLines;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.world.FenceBehaviour;
import dev.ha4j.testkit.world.Host;
import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.World;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of production nodes in virtual time, on which a test lets its own resources run, and breaks what it likes. Nodes
 * are called a, b, c and so on. A simulated minute takes a fraction of a second. Everything is a function of the seed.
 *
 * <pre>{@code
 * @HaCluster(nodes = 3)
 * void ledgerSurvivesASplit(SimulatedCluster cluster) {
 *     cluster.host("ledger", LedgerResource::new);
 *     cluster.partition("a").from("b", "c");
 *     cluster.run(ofMinutes(2));
 *     assertThat(cluster.acts("ledger")).neverOverlap().haveRisingTokens();
 *     cluster.heal().run(ofSeconds(30));
 *     assertThat(cluster).hasConverged();
 * }
 * }</pre>
 *
 * <p><b>Order.</b> First the test says what the cluster hosts. The first fault, or the first {@link #run}, starts the nodes,
 * and lets time pass until everything is active. Then the test breaks things, lets time pass, and asserts. What is down stays
 * down until {@link #restart} or {@link #heal}. All checkers of the test kit watch all the time: what they find is thrown
 * as a {@link ScenarioFailure} by {@link #run}.
 *
 * <p><b>The code under test</b> is made anew in each process by the supplier given to {@code host} or {@code lead}, and runs on
 * simulated worker threads. One of them runs at a time, and virtual time stands still meanwhile. So the code must not start
 * threads, sleep, wait or read a clock of its own, but take {@link #scheduler()} and {@link #clock()} from here, or the time
 * that {@code OperationContext.remaining()} tells. {@link #takes} and {@link #hangs} let it be slow: an operation that hangs
 * never returns in virtual time, has its timeout, and is interrupted by it as in production. Code that really blocks ends the
 * test after ten seconds, and is told where it stands. Randomness and the order of hash tables are not the seed's: avoid both.
 *
 * <p>To be used by one thread, that of the test.
 */
public final class SimulatedCluster implements AutoCloseable {

    private final Setup setup;
    private final Map<String, SimulatedStorage> storages = new TreeMap<>();
    private final List<TraceListener> listeners = new ArrayList<>();
    private Optional<Partition> unfinished = Optional.empty();
    private @Nullable Simulation simulation;
    private @Nullable Operator operator;

    private SimulatedCluster(Setup setup) {
        this.setup = setup;
    }

    /**
     * A cluster for a test without {@link dev.ha4j.testkit.junit.HaCluster}; to be closed.
     *
     * @param nodes how many, 1 to 16
     * @param fencing whether each node has a power switch
     */
    public static SimulatedCluster of(int nodes, long seed, boolean fencing) {
        return new SimulatedCluster(new Setup(nodes, seed, fencing));
    }

    public long seed() {
        return setup.seed();
    }

    // ---- what the cluster is made of

    /**
     * Takes nodes, resources, constraints and options from a configuration of the application. Its fence devices are simulated
     * under their names. Each of its primitives has to be hosted.
     */
    public SimulatedCluster configure(ClusterConfig config) {
        return prepare(it -> it.configure(config));
    }

    /**
     * Runs a resource on one of the nodes. Without a configuration, it demands POWER_VERIFIED, or SELF_LEASE where the cluster
     * has no fence devices, and is monitored every ten seconds.
     *
     * <p>While it is active, a stand-in for the application that uses it looks every tenth of a second whether its term is
     * held, and writes to its storage if so. Once the code under test has asked for its {@link #storage}, it writes itself.
     */
    public SimulatedCluster host(String resource, Supplier<? extends Resource> implementation) {
        return prepare(it -> it.host(resource, implementation));
    }

    /** Like {@link #host(String, Supplier)}, with options. */
    public SimulatedCluster host(Primitive resource, Supplier<? extends Resource> implementation) {
        return prepare(it -> it.host(resource, implementation));
    }

    /**
     * Runs the instances of a resource that differ from each other, each on one of the nodes, as the configuration says. What is said of
     * one of them here is said of its name, as in {@code shard:2}.
     *
     * @param implementation makes the instance of a number, from 0 on
     */
    public SimulatedCluster hostEach(String resource, IntFunction<? extends Resource> implementation) {
        return prepare(it -> it.hostEach(resource, implementation));
    }

    /** Like {@link #hostEach(String, IntFunction)}, without a configuration: with {@link CloneOptions#unique} or more. */
    public SimulatedCluster hostEach(
            Primitive resource, CloneOptions options, IntFunction<? extends Resource> implementation) {
        return prepare(it -> it.hostEach(resource, options, implementation));
    }

    /** Runs a resource on all nodes, and promotes it on one. */
    public SimulatedCluster hostPromotable(String resource, Supplier<? extends PromotableResource> implementation) {
        return hostPromotable(resource, spec -> spec, implementation);
    }

    /** Like {@link #hostPromotable(String, Supplier)}, with options. */
    public SimulatedCluster hostPromotable(
            String resource,
            UnaryOperator<PromotableSpec> options,
            Supplier<? extends PromotableResource> implementation) {
        return prepare(it -> it.hostPromotable(resource, options, implementation));
    }

    /** Lets all nodes stand for a leadership, with a task for the one that leads. */
    public SimulatedCluster lead(String leadership, LeadershipTask task) {
        return lead(leadership, LeadershipOptions.DEFAULTS, () -> new TaskListener(task));
    }

    /** Lets all nodes stand for a leadership, each with a listener of its own. */
    public SimulatedCluster lead(
            String leadership, LeadershipOptions options, Supplier<? extends LeadershipListener> listener) {
        return prepare(it -> it.lead(leadership, options, listener));
    }

    public SimulatedCluster constraint(Constraint constraint) {
        return prepare(it -> it.constraint(constraint));
    }

    /** Writes each step of the simulation as a line of JSON. To be called first. */
    public SimulatedCluster trace(Consumer<String> lines) {
        return prepare(it -> listeners.add(new JsonLines(lines::accept)));
    }

    private SimulatedCluster prepare(Consumer<Setup> step) {
        if (simulation != null) {
            throw new IllegalStateException(
                    "the cluster runs already: say what it hosts before the first fault, the first"
                            + " run(...) and the first look at it");
        }
        step.accept(setup);
        return this;
    }

    // ---- for the code under test

    /**
     * What the resource writes to.
     *
     * @throws IllegalArgumentException if nothing of this name is hosted
     */
    public SimulatedStorage storage(String resource) {
        return storageOf(known(resource)).use();
    }

    private SimulatedStorage storageOf(String resource) {
        return storages.computeIfAbsent(resource, name -> new SimulatedStorage(name, this));
    }

    /**
     * Threads of the node whose code asks, in virtual time. They freeze with their process, and end with it.
     *
     * @throws IllegalStateException if called by other code than that under test
     */
    public ScheduledExecutorService scheduler() {
        return new SimulatedScheduler(
                caller("scheduler()"),
                simulation().threads(),
                simulation().world().time()::now);
    }

    /** The wall clock of the node whose code asks. */
    public Clock clock() {
        return new SimulatedClock(caller("clock()").wallMillis());
    }

    /** Name of the node whose code asks. */
    public String here() {
        return caller("here()").host().name();
    }

    /** Lets virtual time pass for the code that calls, before it goes on; interrupted when its operation's time is over. */
    public void takes(Duration duration) throws InterruptedException {
        caller("takes(...)");
        simulation().threads().rest(duration.toNanos());
    }

    /** Never returns, until it is interrupted because its operation's time is over. */
    public void hangs() throws InterruptedException {
        caller("hangs()");
        simulation().threads().restForever();
    }

    NodeProcess caller(String what) {
        return Optional.ofNullable(simulation)
                .flatMap(it -> it.threads().caller())
                .orElseThrow(() -> new IllegalStateException(what
                        + " is for code that runs on a simulated node: a resource,"
                        + " a listener, what makes them, a task of scheduler(). It was called by "
                        + Thread.currentThread().getName() + (simulation == null ? ", before the cluster runs" : "")));
    }

    // ---- time

    /** Starts the nodes without waiting for anything. Without this they are started, and waited for, when needed. */
    public SimulatedCluster start() {
        if (simulation != null) {
            throw new IllegalStateException("the cluster runs already");
        }
        begin().startNodes();
        return this;
    }

    private Simulation begin() {
        Simulation begun = new Simulation(setup, this::storageOf, listeners);
        simulation = begun;
        operator = new Operator(begun.world());
        return begun;
    }

    /** The running simulation, which is started if it isn't. */
    Simulation simulation() {
        Simulation running = simulation;
        if (running == null) {
            running = begin();
            running.startNodes();
            running.comeUp();
        }
        return running;
    }

    private Simulation withoutHalfACut() {
        unfinished.ifPresent(partition -> {
            throw new IllegalStateException(partition + " doesn't say from whom: add .from(...)");
        });
        return simulation();
    }

    /** Lets virtual time pass. Throws a {@link ScenarioFailure} when a checker finds something. */
    public SimulatedCluster run(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not run back: " + duration);
        }
        withoutHalfACut().run(duration);
        return this;
    }

    /** Virtual time since the simulation began. */
    public Duration now() {
        return Duration.ofNanos(simulation().world().time().now());
    }

    // ---- faults

    /** Cuts nodes off from others, both ways: {@code partition("a").from("b", "c")}. */
    public Partition partition(String... side) {
        return cutBegun(new Partition(this, hosts(side), true));
    }

    /** Loses what these nodes send to others, but not what they hear: {@code mute("a").from("b")}. */
    public Partition mute(String... side) {
        return cutBegun(new Partition(this, hosts(side), false));
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
        return this;
    }

    // ---- what operators do

    /** An operator's word that a lost node is down; see {@code NodeAdmin.confirmDown}. */
    public SimulatedCluster confirmDown(String node) {
        NodeId target = host(node).id();
        return ask(new Request.ConfirmDown(target, "operator", "went to see it"), target.toString());
    }

    /** Keeps resources off a node, or lets them come back. */
    public SimulatedCluster standby(String node, boolean on) {
        return ask(new Request.Standby(host(node).id(), on), "");
    }

    /** Forgets the failures of a resource on all nodes, so that it is tried again. */
    public SimulatedCluster cleanup(String resource) {
        return ask(new Request.ForgetFailures(known(resource), Optional.empty()), "");
    }

    /** Says how well something is that a node depends on; see {@code NodeAdmin.health}. */
    public SimulatedCluster health(String node, String what, HealthColor color) {
        return ask(
                new Request.SetAttribute(host(node).id(), HealthOptions.PREFIX + "-" + what, Optional.of(color.word())),
                "");
    }

    /** Gives the cluster a ticket; see {@code NodeAdmin.grantTicket}. */
    public SimulatedCluster grantTicket(String ticket) {
        return ask(new Request.ChangeTicket(ticket, Request.TicketChange.GRANT, "operator", "for this site"), "");
    }

    /** Takes a ticket from the cluster; see {@code NodeAdmin.revokeTicket}. */
    public SimulatedCluster revokeTicket(String ticket) {
        return ask(new Request.ChangeTicket(ticket, Request.TicketChange.REVOKE, "operator", "for another site"), "");
    }

    /** Changes the configuration: resources, constraints, options; see {@code NodeAdmin.reconfigure}. */
    public SimulatedCluster reconfigure(UnaryOperator<ClusterPolicy> change) {
        ClusterPolicy before = simulation()
                .process()
                .flatMap(NodeProcess::node)
                .orElseThrow(() -> new IllegalStateException("no node runs that could be asked to reconfigure"))
                .state()
                .policy();
        return ask(new Request.ReplacePolicy(before, change.apply(before)), "");
    }

    /** Adds a resource to the configuration, or replaces the one of its name; see {@code NodeAdmin.put}. */
    public SimulatedCluster put(ResourceSpec resource) {
        return ask(new Request.PutResource(resource), "");
    }

    private SimulatedCluster ask(Request request, String about) {
        NodeProcess asked = simulation()
                .process()
                .orElseThrow(() -> new IllegalStateException("no node runs that could be asked for " + request));
        return disturb("request " + request, world -> {
            if (operator != null) {
                operator.ask(asked, request, about);
            }
        });
    }

    // ---- what can be seen

    /**
     * A node by its name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public SimulatedNode node(String name) {
        return new SimulatedNode(host(name));
    }

    public List<SimulatedNode> nodes() {
        return simulation().world().hosts().stream().map(SimulatedNode::new).toList();
    }

    /** Name of the node that is active in the resource's exclusive role; throws, and says why, if there is none. */
    public String leader(String resource) {
        return findLeader(resource)
                .orElseThrow(() ->
                        failure("nobody leads " + resource + ": " + simulation().explanation(resource)));
    }

    /** Name of the node that is active in the resource's exclusive role, frozen or not; with the newest token if there are two. */
    public Optional<String> findLeader(String resource) {
        Simulation running = simulation();
        return running.tenures()
                .leader(known(resource))
                .map(id -> running.world().host(id).name());
    }

    /** What reached the resource's storage so far. */
    public Acts acts(String resource) {
        return simulation().tenures().acts(known(resource));
    }

    /** Throws a {@link ScenarioFailure} if a checker has found something. */
    public void judge() {
        withoutHalfACut().judgeQuiet();
    }

    /** Several lines for the message of a failed test: how to replay it, what was done, how it ended. */
    public String story() {
        return simulation == null ? "" : simulation.story();
    }

    /** Whether anything was run at all. */
    public boolean hasRun() {
        return simulation != null;
    }

    /** Ends the simulation and its threads. Closing it again does nothing. */
    @Override
    public void close() {
        if (simulation != null) {
            simulation.close();
        }
    }

    List<String> missing() {
        return simulation().missing();
    }

    ScenarioFailure failure(String what) {
        return simulation().failure(what);
    }

    private String known(String resource) {
        if (!setup.names().contains(resource)) {
            throw new IllegalArgumentException("nothing called " + resource + " is hosted here, but " + setup.names());
        }
        return resource;
    }

    private Host host(String node) {
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

    private SimulatedCluster disturb(String what, Consumer<World> deed) {
        Simulation running = withoutHalfACut();
        running.disturb(what, () -> deed.accept(running.world()));
        return this;
    }

    @FunctionalInterface
    private interface Deed {
        void on(World world, Host host);
    }
}
