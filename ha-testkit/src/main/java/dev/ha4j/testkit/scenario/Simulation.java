package dev.ha4j.testkit.scenario;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.api.report.ResourceReport;
import dev.ha4j.controller.lease.LeaseRule;
import dev.ha4j.testkit.check.Checkers;
import dev.ha4j.testkit.check.Violation;
import dev.ha4j.testkit.swarm.Convergence;
import dev.ha4j.testkit.swarm.Holders;
import dev.ha4j.testkit.swarm.Storm;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.world.Host;
import dev.ha4j.testkit.world.Network;
import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.ProductionNodes;
import dev.ha4j.testkit.world.RunningNode;
import dev.ha4j.testkit.world.UserThreads;
import dev.ha4j.testkit.world.World;
import dev.ha4j.testkit.world.WorldOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The world of a scenario, once it is started, with everybody who watches it. */
final class Simulation implements AutoCloseable {

    /** How often silent peers are probed, if that is often enough. */
    private static final Duration PROBES = Duration.ofMillis(100);

    /** Virtual time in which a cluster without faults has to become active. */
    private static final Duration COMES_UP_WITHIN = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration STARTS_APART = Duration.ofMillis(20);

    /** What is under way when all is healed has to be over after this. */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(20);

    private final Setup setup;
    private final ClusterPolicy policy;
    private final UserThreads threads = new UserThreads();
    private final Troubles troubles = new Troubles(threads);
    private final World world;
    private final Checkers checkers;
    private final Tenures tenures;
    private final Story story;
    private final Convergence convergence;
    private final Holders holders;
    private final List<Storm> storms = new ArrayList<>();
    private OptionalLong undisturbedSinceNanos = OptionalLong.of(0);

    Simulation(Setup setup, Function<String, SimulatedStorage> storages, List<TraceListener> listeners) {
        this.setup = setup;
        ClusterConfig config = setup.config();
        this.policy = setup.judged(config.policy());
        HostedCode code = new HostedCode(setup, config.policy(), threads, troubles, storages);
        this.world = new World(options(config), it -> new ProductionNodes(it, code));
        this.checkers = new Checkers(policy, LeaseRule.forToken(config.ring().tokenTimeout()));
        this.tenures = new Tenures(this::nameOf);
        this.story = new Story(this::nameOf);
        this.holders = new Holders(world.streams().stream("holders"));
        this.convergence = new Convergence(world, holders, exclusive());
        world.trace()
                .listen(story)
                .listen(tenures)
                .listen(holders)
                .listen(convergence)
                .listen(checkers);
        listeners.forEach(world.trace()::listen);
    }

    private WorldOptions options(ClusterConfig config) {
        SplittableRandom weather = new SplittableRandom(setup.seed());
        Duration floor = config.ring().times().of(RingTime.DETECTION_FLOOR);
        return new WorldOptions(
                setup.seed(),
                config.policy(),
                config.ring().tokenTimeout(),
                floor,
                new Network.Quality(50_000 + weather.nextLong(200_000), weather.nextLong(300_000), 0, 0, 0, 0),
                PROBES.compareTo(floor.dividedBy(4)) < 0 ? PROBES : floor.dividedBy(4),
                Duration.ofMillis(1 + weather.nextInt(5)),
                20_000 + weather.nextLong(300_000),
                weather.nextInt(100),
                Duration.ZERO,
                false,
                false);
    }

    private List<String> exclusive() {
        return policy.primitives()
                .filter(primitive -> primitive.meta().targetRole().isEmpty())
                .flatMap(primitive -> policy.instances(primitive.id()).stream())
                .filter(name -> Setup.kind(name, policy) != Duty.Kind.SHARED)
                .toList();
    }

    private String nameOf(int node) {
        return policy.nodes().stream()
                .filter(spec -> spec.id().value() == node)
                .map(spec -> spec.name())
                .findFirst()
                .orElse("-");
    }

    World world() {
        return world;
    }

    UserThreads threads() {
        return threads;
    }

    Troubles troubles() {
        return troubles;
    }

    Tenures tenures() {
        return tenures;
    }

    Host host(String node) {
        return world.hosts().stream()
                .filter(host -> host.name().equals(node))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no node " + node + " in this cluster, but " + world.hosts()));
    }

    // ---- time

    /** Starts all nodes, at slightly different times. */
    void startNodes() {
        long after = 0;
        for (Host host : world.hosts()) {
            world.time().after(after, () -> world.start(host));
            after += world.streams().stream("starts", host.id().value()).nextLong(STARTS_APART.toNanos());
        }
    }

    /** Lets time pass until everything is active. Who was late, and was fenced for it, is started again. */
    void comeUp() {
        for (Duration left = COMES_UP_WITHIN; !left.isNegative(); left = left.minus(POLL)) {
            run(POLL);
            if (missing().isEmpty()) {
                return;
            }
            world.hosts().forEach(world::start);
        }
        throw failure("the cluster did not come up within " + COMES_UP_WITHIN.toMinutes() + " min: "
                + String.join("; ", missing()));
    }

    void run(Duration duration) {
        Duration left = duration;
        while (!left.isZero()) {
            Duration next = left.compareTo(POLL) < 0 ? left : POLL;
            world.run(next);
            judge();
            left = left.minus(next);
        }
    }

    // ---- what the scenario does

    /** Does something to the world, and remembers it for the story. */
    void disturb(String what, Runnable deed) {
        world.trace().world(new Event.FaultBegan(what));
        undisturbedSinceNanos = OptionalLong.empty();
        deed.run();
    }

    /** Faults that the seed draws; what they leave behind is for {@link #heal} to repair. */
    void storm(Duration length) {
        Storm storm = new Storm(world, holders, storms.size() + 1);
        storms.add(storm);
        disturb("storm of " + length.toSeconds() + " s", () -> storm.rage(length));
        run(length);
    }

    void heal() {
        storms.forEach(Storm::stop);
        troubles.clear();
        world.heal();
        undisturbedSinceNanos = OptionalLong.of(world.time().now());
    }

    boolean write(NodeProcess process, String resource, long token, boolean guards) {
        boolean byDemand = policy.resource(InstanceName.primitiveOf(resource))
                .filter(spec -> spec.meta().requires() == ProofLevel.RESOURCE_TOKEN)
                .isPresent();
        return !threads.isClosed() && world.storage().write(process, resource, token, guards || byDemand);
    }

    // ---- judgement

    /** Throws if a checker has found something. */
    void judge() {
        checkers.findings().first().ifPresent(first -> {
            throw failure(checkers.findings().all().stream()
                    .map(Violation::toString)
                    .limit(3)
                    .collect(Collectors.joining("\n  ")));
        });
    }

    /** Throws also if something never ended that was begun before all was healed; asked when there was time for it to end. */
    void judgeQuiet() {
        long now = world.time().now();
        undisturbedSinceNanos.ifPresent(since -> {
            if (now - since > SETTLED_AFTER.toNanos()) {
                checkers.judgeQuiet(since, now);
            }
        });
        judge();
    }

    ScenarioFailure failure(String what) {
        return new ScenarioFailure(what, story());
    }

    String story() {
        return story.tell("@HaCluster(seed = " + setup.seed() + "), or -Dha4j.seed=" + setup.seed()
                + "; with -Dha4j.trace=target every step is written there");
    }

    /** What keeps the cluster from being well. */
    List<String> missing() {
        List<String> missing = new ArrayList<>(convergence.missing());
        for (Host host : world.hosts()) {
            if (host.process().isEmpty()) {
                missing.add("node " + host.name() + " is down");
            }
        }
        anyNode()
                .ifPresent(node -> node.report().resources().stream()
                        .filter(resource -> !resource.isWell())
                        .map(ResourceReport::explanation)
                        .forEach(missing::add));
        return missing;
    }

    /** Why nobody leads the resource, as a running node sees it. */
    String explanation(String resource) {
        return anyNode().map(node -> node.report().explanation(resource)).orElse("no node runs");
    }

    private Optional<RunningNode> anyNode() {
        return process().flatMap(NodeProcess::node);
    }

    /** One that runs and is quorate, if there is any. */
    Optional<NodeProcess> process() {
        List<NodeProcess> running = world.hosts().stream()
                .flatMap(host -> host.process().stream())
                .filter(process -> !process.isFrozen() && process.node().isPresent())
                .toList();
        return running.stream()
                .filter(process ->
                        process.node().orElseThrow().report().quorum().quorate())
                .findFirst()
                .or(() -> running.stream().findFirst());
    }

    @Override
    public void close() {
        threads.close();
    }
}
