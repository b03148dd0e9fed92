package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How soon a ring that measures its timeout notices a silent member, and what a false alarm costs. */
class AdaptiveTimeoutTest {

    private static final long MILLI = 1_000_000L;
    private static final Duration FLOOR = Duration.ofMillis(200);

    private static SimulatedCluster ring(Duration floor, long seed) {
        RingConfig config = RingConfig.builder()
                .nodes(List.of(NodeId.of(1), NodeId.of(2), NodeId.of(3)))
                .time(RingTime.DETECTION_FLOOR, floor)
                .build();
        SimulatedCluster cluster = new SimulatedCluster(config, seed);
        for (int id = 1; id <= 3; id++) {
            cluster.boot(id);
        }
        assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
        cluster.run(5_000 * MILLI);
        return cluster;
    }

    private static void isolate(SimulatedCluster cluster, int node) {
        for (int other = 1; other <= 3; other++) {
            if (other != node) {
                cluster.cut(node, other);
                cluster.cut(other, node);
            }
        }
    }

    /** Milliseconds until node 1 has a ring without node 3. */
    private static double millisUntilItIsGone(SimulatedCluster cluster) {
        isolate(cluster, 3);
        long start = cluster.now();
        while (cluster.node(1).ring.report().members().size() != 2) {
            cluster.run(MILLI);
            assertThat(cluster.now() - start).isLessThan(10_000 * MILLI);
        }
        return (cluster.now() - start) / 1e6;
    }

    @Test
    void aSilentMemberIsGoneAfterTheFloorInsteadOfTheTokenTimeout() {
        for (int seed = 1; seed <= 10; seed++) {
            assertThat(millisUntilItIsGone(ring(FLOOR, seed))).isLessThan(350);
            assertThat(millisUntilItIsGone(ring(Duration.ofSeconds(1), seed))).isGreaterThan(800);
        }
    }

    /** A pause of everybody that is longer than the floor: nobody is lost, so the ring was given up for nothing. */
    @Test
    void aRingThatWasGivenUpForNothingIsMorePatientForAWhile() {
        SimulatedCluster cluster = ring(FLOOR, 1);
        assertThat(timeout(cluster)).isEqualTo(FLOOR);
        cluster.lose = (from, to, message) -> message instanceof Token;
        cluster.run(FLOOR.toNanos() + 50 * MILLI);
        cluster.lose = (from, to, message) -> false;
        cluster.run(5_000 * MILLI);
        assertThat(cluster.node(1).ring.report().members()).hasSize(3);
        assertThat(timeout(cluster)).as("more patient").isEqualTo(Duration.ofSeconds(1));
        cluster.run(120_000 * MILLI);
        assertThat(timeout(cluster)).as("forgiven").isEqualTo(FLOOR);
    }

    private static Duration timeout(SimulatedCluster cluster) {
        return cluster.node(1).ring.report().token().timeout();
    }
}
