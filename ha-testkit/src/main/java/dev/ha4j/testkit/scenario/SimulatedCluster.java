package dev.ha4j.testkit.scenario;

import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.LeadershipTask;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.PromotableSpec;
import dev.ha4j.testkit.trace.JsonLines;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.world.NodeProcess;
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
public final class SimulatedCluster extends OperatedCluster implements AutoCloseable {

    private final Setup setup;
    private final Map<String, SimulatedStorage> storages = new TreeMap<>();
    private final List<TraceListener> listeners = new ArrayList<>();
    private @Nullable Simulation simulation;

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

    @Override
    SimulatedCluster self() {
        return this;
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
        return begun;
    }

    /** The running simulation, which is started if it isn't. */
    @Override
    Simulation simulation() {
        Simulation running = simulation;
        if (running == null) {
            running = begin();
            running.startNodes();
            running.comeUp();
        }
        return running;
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

    @Override
    String known(String resource) {
        if (!setup.isHosted(resource)) {
            throw new IllegalArgumentException("nothing called " + resource + " is hosted here, but " + setup.names());
        }
        return resource;
    }
}
