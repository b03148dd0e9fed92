package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seeded runs with faults, judged by {@link EvsChecker}; {@code -Dring.seed=N} replays one with its transcript. */
class RingSimulationTest {

    private static final long MILLI = 1_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 2_500 * MILLI;
    private static final int SEEDS = Integer.getInteger("ring.seeds", 150);

    @Test
    void extendedVirtualSynchronyHoldsUnderFaults() {
        Integer only = Integer.getInteger("ring.seed");
        if (only != null) {
            runSeed(only, true);
            return;
        }
        for (int seed = 1; seed <= SEEDS; seed++) {
            runSeed(seed, false);
        }
    }

    /** Gaps are asked for at the first visit that may, which is when an accelerated ring could ask too early. */
    @Test
    void extendedVirtualSynchronyHoldsOnAnAcceleratedRing() {
        Integer only = Integer.getInteger("ring.seed");
        for (int seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
            int accelerated = 1 + seed % 64;
            int visits = seed % 3;
            runSeed(
                    seed,
                    only != null,
                    builder -> builder.flow(
                            f -> f.withAcceleratedMessages(accelerated).withVisitsBeforeRequest(visits)));
        }
    }

    @Test
    void extendedVirtualSynchronyHoldsOnARingThatAdaptsItsTimeout() {
        Integer only = Integer.getInteger("ring.seed");
        for (int seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
            Duration floor = Duration.ofMillis(100L << seed % 3);
            runSeed(seed, only != null, builder -> builder.time(RingTime.DETECTION_FLOOR, floor));
        }
    }

    @Test
    void sameSeedSameTranscript() {
        assertThat(runSeed(7, true).transcript.toString())
                .isEqualTo(runSeed(7, true).transcript.toString())
                .contains("Delivered");
    }

    private static SimulatedCluster runSeed(int seed, boolean logging) {
        return runSeed(seed, logging, UnaryOperator.identity());
    }

    private static SimulatedCluster runSeed(int seed, boolean logging, UnaryOperator<RingConfig.Builder> settings) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = random.nextInt(2, 6);
        RingConfig config = settings.apply(RingConfig.builder()
                        .nodes(IntStream.rangeClosed(1, size)
                                .mapToObj(NodeId::of)
                                .toList())
                        .limits(RingLimits.DEFAULTS.withRingSequenceBlock(random.nextBoolean() ? 8 : 1_024)))
                .build();
        SimulatedCluster cluster = new SimulatedCluster(config, seed);
        cluster.logging = logging;
        cluster.refusals = random.nextBoolean();
        try {
            IntStream.rangeClosed(1, size)
                    .forEach(n -> cluster.at(cluster.now() + random.nextInt(300) * MILLI, () -> cluster.boot(n)));
            cluster.run(random.nextInt(301, 600) * MILLI);
            int steps = random.nextInt(5, 25);
            for (int i = 0; i < steps; i++) {
                disturb(cluster, random, size);
                cluster.run(random.nextInt(1, 600) * MILLI);
            }
            cluster.heal();
            cluster.run(LONGEST_PAUSE_NANOS);
            endRemoved(cluster);
            assertThat(cluster.runUntilSettled(15_000 * MILLI))
                    .as("settles after healing")
                    .isTrue();
            assertThat(cluster.boots).noneMatch(boot -> boot.failed);
            new EvsChecker(cluster.boots).check();
        } catch (AssertionError | RuntimeException e) {
            if (logging) {
                System.err.println(cluster.transcript);
                cluster.nodes.values().forEach(n -> System.err.println(n.id + " " + n.ring.report()));
            }
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        return cluster;
    }

    private static void disturb(SimulatedCluster cluster, SplittableRandom random, int size) {
        int n = random.nextInt(1, size + 1);
        SimulatedNode node = cluster.node(n);
        boolean up = node.alive && !node.over;
        switch (random.nextInt(16)) {
            case 0 -> cluster.partition(someOf(random, size));
            case 1, 2 -> cluster.heal();
            case 3 -> {
                if (up) {
                    cluster.crash(n);
                }
            }
            case 4, 5 -> {
                if (!up && cluster.config().nodes().contains(node.id)) {
                    node.alive = false;
                    cluster.boot(n);
                }
            }
            case 6 -> cluster.loss = random.nextDouble(0.2);
            case 7 -> cluster.duplication = random.nextDouble(0.3);
            case 8 -> cluster.maxDelay = random.nextLong(200_000, 20_000_000);
            case 9 -> cluster.pause(n, random.nextLong(LONGEST_PAUSE_NANOS));
            case 10 -> cluster.cut(n, random.nextInt(1, size + 1));
            case 11 -> {
                if (up && random.nextInt(3) == 0) {
                    node.call(r -> r.leave(cluster.now()));
                }
            }
            case 12, 13 -> cluster.changeNodes(configuration(random, size), random.nextLong(500 * MILLI));
            default -> {}
        }
        int messages = random.nextInt(60);
        for (int i = 0; i < messages; i++) {
            submitSoon(cluster, random, size);
        }
    }

    /** As their owner would do: nobody answers them any more. */
    private static void endRemoved(SimulatedCluster cluster) {
        cluster.nodes.values().stream()
                .filter(node -> !cluster.config().nodes().contains(node.id))
                .forEach(node -> node.call(r -> r.leave(cluster.now())));
    }

    /** All, or some of them. */
    private static SortedSet<NodeId> configuration(SplittableRandom random, int size) {
        TreeSet<NodeId> configured = new TreeSet<>();
        boolean everybody = random.nextBoolean();
        IntStream.rangeClosed(1, size)
                .filter(n -> everybody || random.nextBoolean())
                .forEach(n -> configured.add(NodeId.of(n)));
        configured.add(NodeId.of(random.nextInt(1, size + 1)));
        return configured;
    }

    private static void submitSoon(SimulatedCluster cluster, SplittableRandom random, int size) {
        int n = random.nextInt(1, size + 1);
        DeliveryGuarantee guarantee = random.nextBoolean() ? DeliveryGuarantee.SAFE : DeliveryGuarantee.AGREED;
        Lane lane = List.of(Lane.MEMBERSHIP, Lane.CONTROL, Lane.BULK).get(random.nextInt(3));
        int bytes = random.nextInt(20) == 0 ? random.nextInt(60_000) : random.nextInt(400);
        long at = cluster.now() + random.nextLong(200 * MILLI);
        cluster.at(at, () -> cluster.node(n).submit(guarantee, lane, bytes));
    }

    private static Set<Integer> someOf(SplittableRandom random, int size) {
        Set<Integer> side = new HashSet<>();
        IntStream.rangeClosed(1, size).filter(n -> random.nextBoolean()).forEach(side::add);
        return side;
    }
}
