package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a healthy ring bears: three losses within the time after which it may find its token lost, whatever is lost. */
class LostTokensTest {

    private static final long MILLI = 1_000_000L;
    private static final int BORNE_LOSSES = 3;
    private static final int SEEDS = 20;
    private static final long MINUTE = 60_000 * MILLI;

    private final ArrayDeque<Long> losses = new ArrayDeque<>();
    private long lost;

    /** Each of two nodes learns of a long rotation at another time, and the smaller ring has fewer who could repeat. */
    @ParameterizedTest
    @CsvSource({"2, 1000, 1000", "2, 1000, 500", "2, 1000, 250", "2, 2000, 250", "3, 1000, 250", "5, 1000, 500"})
    void threeLossesInADetectionFloorGiveNoRingUp(int nodes, long tokenTimeoutMillis, long floorMillis) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            SimulatedCluster cluster = ring(nodes, tokenTimeoutMillis, floorMillis, seed);
            long floorNanos = floorMillis * MILLI;
            SplittableRandom attacker = new SplittableRandom(seed);
            SplittableRandom sender = new SplittableRandom(-seed);
            losses.clear();
            lost = 0;
            cluster.lose = (from, to, message) -> attacker.nextInt(4) == 0 && isBorne(cluster.now(), floorNanos);
            long end = cluster.now() + MINUTE;
            while (cluster.now() < end) {
                cluster.run(sender.nextLong(200 * MILLI));
                cluster.node(1 + sender.nextInt(nodes)).submit(DeliveryGuarantee.AGREED, Lane.CONTROL, 100);
            }
            for (SimulatedNode node : cluster.nodes.values()) {
                assertThat(node.ring.report().counters())
                        .as("seed %d, node %s, after %d losses", seed, node.id, lost)
                        .doesNotContainKey("token lost");
            }
            assertThat(lost).isGreaterThan(50);
        }
    }

    private SimulatedCluster ring(int nodes, long tokenTimeoutMillis, long floorMillis, int seed) {
        RingConfig config = RingConfig.builder()
                .nodes(IntStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList())
                .tokenTimeout(Duration.ofMillis(tokenTimeoutMillis))
                .time(RingTime.DETECTION_FLOOR, Duration.ofMillis(floorMillis))
                .build();
        SimulatedCluster cluster = new SimulatedCluster(config, seed);
        for (int id = 1; id <= nodes; id++) {
            cluster.boot(id);
        }
        assertThat(cluster.runUntilSettled(5 * config.tokenTimeout().toNanos())).isTrue();
        cluster.run(5 * config.tokenTimeout().toNanos());
        return cluster;
    }

    private boolean isBorne(long now, long floorNanos) {
        if (losses.size() == BORNE_LOSSES) {
            if (now - losses.getFirst() <= floorNanos) {
                return false;
            }
            losses.removeFirst();
        }
        losses.addLast(now);
        lost++;
        return true;
    }
}
