package dev.ha4j.testkit.swarm;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.controller.lease.LeaseRule;
import dev.ha4j.testkit.check.Checkers;
import dev.ha4j.testkit.check.Sometimes;
import dev.ha4j.testkit.ring.RingRun;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceDigest;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.world.Host;
import dev.ha4j.testkit.world.ProductionNodes;
import dev.ha4j.testkit.world.SimulatedDuties;
import dev.ha4j.testkit.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs one seed: safety under faults first, then liveness after all was healed. */
public final class SeedRun {

    /** After the start of the last node, in most runs. */
    private static final Duration FIRST_GRANT = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofSeconds(1);

    /** A workload that is slower than this is to leave the ring idle. */
    private static final Duration LONGEST_PACE_OF_SAFE_MESSAGES = Duration.ofSeconds(20);

    private final Scenario scenario;
    private final World world;
    private final Checkers checkers;
    private final Sometimes sometimes = new Sometimes();
    private final TraceDigest digest = new TraceDigest();
    private final Holders holders;
    private final Convergence convergence;
    private final Operators operators;
    private final Injector injector;
    private long delivered;

    private SeedRun(Scenario scenario) {
        this.scenario = scenario;
        this.world =
                new World(scenario.world(), it -> new ProductionNodes(it, new SimulatedDuties(scenario.actEvery())));
        this.checkers = new Checkers(
                scenario.world().policy(), LeaseRule.forToken(scenario.world().tokenTimeout()));
        ClusterPolicy policy = scenario.world().policy();
        List<String> exclusive = policy.primitives()
                .flatMap(primitive -> policy.instances(primitive.id()).stream())
                .toList();
        this.holders = new Holders(world.streams().stream("holders"));
        this.convergence = new Convergence(world, holders, exclusive);
        this.operators = new Operators(world, world.streams().stream("operators"));
        this.injector = new Injector(world, operators, holders);
    }

    /** The run of a seed; {@code tracers} hear its trace. */
    public static RunResult of(long seed, Mix mix, Duration length, TraceListener... tracers) {
        return mix == Mix.RING
                ? RingRun.of(seed, length, List.of(tracers))
                : of(Scenario.drawn(seed, mix, length), tracers);
    }

    /** The run of a scenario. */
    public static RunResult of(Scenario scenario, TraceListener... tracers) {
        return new SeedRun(scenario).run(List.of(tracers));
    }

    private RunResult run(List<TraceListener> tracers) {
        long begin = System.nanoTime();
        world.trace()
                .listen(checkers)
                .listen(sometimes)
                .listen(holders)
                .listen(convergence)
                .listen(digest);
        world.trace().listen(step -> {
            if (step.event() instanceof Event.Sent) {
                delivered++;
            }
        });
        tracers.forEach(world.trace()::listen);
        safety();
        Duration converged = checkers.findings().isEmpty() ? liveness() : Duration.ZERO;
        return new RunResult(
                scenario.world().seed(),
                checkers.findings().all(),
                Duration.ofNanos(world.time().now()),
                System.nanoTime() - begin,
                world.trace().size(),
                delivered,
                injector.injected(),
                converged,
                sometimes.counts(),
                digest.value());
    }

    private void safety() {
        long apart = 0;
        for (Host host : world.hosts()) {
            world.time().after(apart, () -> world.start(host));
            apart += world.streams().stream("starts", host.id().value()).nextLong(2_000_000_000L);
        }
        operators.work(scenario.requestEvery());
        if (scenario.requestEvery().compareTo(LONGEST_PACE_OF_SAFE_MESSAGES) < 0) {
            operators.sendSafely(scenario.requestEvery().multipliedBy(3));
        }
        if (ClusterPlan.hasRules(scenario.world().policy())) {
            operators.grantTicketAfter(FIRST_GRANT);
        }
        injector.schedule(scenario.faults());
        long end = scenario.faultyTime().toNanos();
        while (world.time().now() < end && checkers.findings().isEmpty()) {
            world.run(POLL);
        }
    }

    /** How long the cluster took to be well. */
    private Duration liveness() {
        injector.stop();
        operators.rest();
        world.heal();
        long healedAt = world.time().now();
        Optional<Duration> well = new Liveness(world, convergence, operators, holders, checkers.findings()).judge();
        if (well.isPresent() && checkers.findings().isEmpty()) {
            checkers.judgeQuiet(healedAt, world.time().now());
        }
        return well.orElse(Duration.ZERO);
    }
}
