package dev.ha4j.testkit.ring;

import dev.ha4j.api.config.RingTime;
import dev.ha4j.testkit.check.Findings;
import dev.ha4j.testkit.check.RingCheckers;
import dev.ha4j.testkit.swarm.RunResult;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceDigest;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/** Runs one seed of the ring alone: safety under faults first, then one ring of all after healing, and that it stays. */
public final class RingRun {

    private static final Duration POLL = Duration.ofMillis(100);

    /** A ring that has healed is watched for so long, under load. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(5);

    private static final int MOST_IN_A_BURST = 120;
    private static final int MOST_IN_A_MURMUR = 150;
    private static final long MURMUR_EVERY_NANOS = 8_000_000_000L;
    private static final long MURMUR_PAUSE_NANOS = 8_000_000L;
    private static final int MURMUR_SAFE_ONE_IN = 20;
    private static final int LONG_BYTES = 60_000;
    private static final int SHORT_BYTES = 400;
    private static final int LONG_ONE_IN = 40;
    private static final List<Lane> LANES = List.of(Lane.MEMBERSHIP, Lane.CONTROL, Lane.BULK);

    private final RingScenario scenario;
    private final RingWorld world;
    private final Findings findings = new Findings();
    private final RingCheckers checkers = new RingCheckers(findings);
    private final CalmChecker calm;
    private final RingCorners corners = new RingCorners();
    private final TraceDigest digest = new TraceDigest();
    private final RingInjector injector;
    private final SplittableRandom workload;
    private final SplittableRandom murmurs;
    private boolean working = true;
    private long submitted;
    private long delivered;

    private RingRun(RingScenario scenario) {
        this.scenario = scenario;
        this.world = new RingWorld(scenario.options(), findings);
        RingConfig ring = scenario.options().ring();
        this.calm = new CalmChecker(findings, ring.nodes().size(), ring.tokenTimeout(), scenario.losesAtRandom());
        this.injector = new RingInjector(world);
        this.workload = world.streams().stream("workload");
        this.murmurs = world.streams().stream("murmurs");
    }

    /** The run of a seed; {@code tracers} hear its trace. */
    public static RunResult of(long seed, Duration length, List<TraceListener> tracers) {
        return of(new RingDraw(seed, length).scenario(), tracers);
    }

    /** The same with only those of its faults that have these numbers; the first is 1. */
    public static RunResult of(
            long seed, Duration length, Collection<Integer> faultNumbers, List<TraceListener> tracers) {
        return of(new RingDraw(seed, length).scenario().among(faultNumbers), tracers);
    }

    static RunResult of(RingScenario scenario, List<TraceListener> tracers) {
        return new RingRun(scenario).run(tracers);
    }

    private RunResult run(List<TraceListener> tracers) {
        long begin = System.nanoTime();
        world.trace().listen(checkers).listen(calm).listen(corners).listen(digest);
        world.trace().listen(step -> {
            if (step.event() instanceof Event.Sent) {
                delivered++;
            }
        });
        tracers.forEach(world.trace()::listen);
        safety();
        Duration converged = findings.isEmpty() ? liveness() : Duration.ZERO;
        corners.add(
                world.totals().sum(),
                injector,
                scenario.options().weather().mostBytes() < scenario.options().mtuDatagramBytes());
        corners.add(world.network(), world.packets());
        return new RunResult(
                scenario.options().seed(),
                findings.all(),
                Duration.ofNanos(world.time().now()),
                System.nanoTime() - begin,
                world.trace().size(),
                delivered,
                injector.injected(),
                converged,
                corners.counts(),
                digest.value());
    }

    private void safety() {
        long apart = 0;
        for (RingHost host : world.hosts()) {
            world.time().after(apart, () -> world.start(host));
            apart += workload.nextLong(300_000_000L);
        }
        calm.watch(scenario.isHarmless());
        trickle();
        gush();
        murmur();
        injector.schedule(scenario.faults());
        long end = scenario.faultyTime().toNanos();
        while (world.time().now() < end && findings.isEmpty()) {
            world.run(POLL);
        }
    }

    /** How long it took until there was one ring. */
    private Duration liveness() {
        injector.stop();
        world.heal();
        calm.watch(false);
        long healedAt = world.time().now();
        long bound = bound(scenario.options().ring());
        working = false;
        while (!world.isOneRing() && findings.isEmpty()) {
            if (world.time().now() - healedAt > bound) {
                findings.report("L1", world.time().now(), "no ring of all " + bound / 1e9 + " s after healing");
            }
            world.run(POLL);
            world.hosts().forEach(world::start); // who was told to leave while it was frozen, and has left by now
        }
        Duration took = Duration.ofNanos(world.time().now() - healedAt);
        if (findings.isEmpty()) {
            stays();
        }
        return took;
    }

    /** Nothing is wrong any more: the ring stays, and carries what it is given. */
    private void stays() {
        calm.watch(true);
        working = true;
        trickle();
        murmur();
        world.run(AFTERWARDS);
        working = false;
        long quietAt = world.time().now();
        world.run(settling());
        checkers.judgeQuiet(quietAt, world.time().now());
    }

    /**
     * By then all that was sent has been delivered. What is sent last may need dozens of hops until everybody has it, and each token
     * that the weather takes costs about a fifth of the token timeout.
     */
    private Duration settling() {
        Duration tokenTimeout = scenario.options().ring().tokenTimeout();
        return scenario.options().weather().loses() ? tokenTimeout.multipliedBy(4) : tokenTimeout;
    }

    /** Looking for each other, agreeing, forming the ring, and once more of all of it; half as long again. */
    private static long bound(RingConfig ring) {
        long once = ring.tokenTimeout()
                .multipliedBy(2)
                .plus(ring.times().of(RingTime.CONSENSUS).multipliedBy(2))
                .plus(ring.times().of(RingTime.MERGE))
                .toNanos();
        return 3 * once + once / 2;
    }

    private void trickle() {
        world.time().after(1 + workload.nextLong(2 * scenario.messageEvery().toNanos()), () -> {
            if (working) {
                submit();
                trickle();
            }
        });
    }

    private void gush() {
        world.time().after(1 + workload.nextLong(2 * scenario.burstEvery().toNanos()), () -> {
            if (working) {
                int count = workload.nextInt(MOST_IN_A_BURST);
                for (int i = 0; i < count; i++) {
                    submit();
                }
                gush();
            }
        });
    }

    /** Two talk, with so little in between that the token is lent rather than going round. */
    private void murmur() {
        world.time().after(1 + murmurs.nextLong(2 * MURMUR_EVERY_NANOS), () -> {
            if (working) {
                murmur(List.of(anyHost(murmurs), anyHost(murmurs)), murmurs.nextInt(MOST_IN_A_MURMUR));
                murmur();
            }
        });
    }

    private void murmur(List<RingHost> two, int left) {
        if (working && left > 0) {
            boolean safe = murmurs.nextInt(MURMUR_SAFE_ONE_IN) == 0;
            submit(
                    two.get(murmurs.nextInt(2)),
                    Lane.CONTROL,
                    safe ? DeliveryGuarantee.SAFE : DeliveryGuarantee.AGREED,
                    Long.BYTES + murmurs.nextInt(SHORT_BYTES));
            world.time().after(1 + murmurs.nextLong(MURMUR_PAUSE_NANOS), () -> murmur(two, left - 1));
        }
    }

    private RingHost anyHost(SplittableRandom random) {
        return world.host(1 + random.nextInt(world.hosts().size()));
    }

    private void submit() {
        RingHost host = anyHost(workload);
        DeliveryGuarantee guarantee = workload.nextInt(3) == 0 ? DeliveryGuarantee.SAFE : DeliveryGuarantee.AGREED;
        Lane lane = LANES.get(workload.nextInt(LANES.size()));
        int bytes = Long.BYTES + workload.nextInt(workload.nextInt(LONG_ONE_IN) == 0 ? LONG_BYTES : SHORT_BYTES);
        submit(host, lane, guarantee, bytes);
    }

    private void submit(RingHost host, Lane lane, DeliveryGuarantee guarantee, int bytes) {
        byte[] payload = new byte[bytes];
        ByteBuffer.wrap(payload).putLong(++submitted);
        host.process()
                .filter(process -> !process.isFrozen())
                .ifPresent(process -> process.submit(lane, guarantee, payload));
    }
}
