package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whose votes are not expected for the time being: last_man_standing and allow_downscale. */
final class DownscaleTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final QuorumOptions LAST_MAN =
            QuorumOptions.DEFAULTS.withWaitForAll().withLastManStanding(WINDOW);

    private static TestCluster together(int nodes, QuorumOptions quorum) {
        ClusterPolicy policy = new ClusterPolicy(
                "test",
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(id -> NodeSpec.of(id, "n" + id, "10.0.0." + id))
                        .toList(),
                quorum,
                ClusterOptions.DEFAULTS,
                List.of(),
                List.of(),
                List.of());
        TestCluster cluster = new TestCluster(policy);
        cluster.startAll();
        cluster.ring(IntStream.rangeClosed(1, nodes).toArray());
        cluster.run(SECOND);
        return cluster;
    }

    private static boolean quorate(TestCluster cluster, int node) {
        return cluster.node(node).state().quorate();
    }

    @Test
    void whoIsMissingForTheWindowIsNoLongerExpected() {
        TestCluster cluster = together(5, LAST_MAN);
        cluster.ring(1, 2, 3);
        cluster.ring(4, 5);
        cluster.run(WINDOW.minusSeconds(1));
        assertThat(cluster.node(1).state().voters().excused()).isEmpty();
        cluster.run(SECOND.multipliedBy(2));
        assertThat(cluster.node(1).state().voters().excused()).containsExactly(NodeId.of(4), NodeId.of(5));

        cluster.ring(1, 2);
        cluster.ring(3, 4, 5);
        cluster.run(SECOND);
        assertThat(quorate(cluster, 1)).as("two of the three that were left").isTrue();
        assertThat(quorate(cluster, 3))
                .as("three of five, of whom one knows better")
                .isFalse();
    }

    @Test
    void theLastOneGoesOnByTheTieBreaker() {
        TestCluster cluster = together(3, LAST_MAN.withTieBreaker(TieBreaker.LOWEST));
        cluster.ring(1, 2);
        cluster.ring(3);
        cluster.run(WINDOW.plus(SECOND));
        cluster.ring(1);
        cluster.ring(2, 3);
        cluster.run(WINDOW.plus(SECOND));

        assertThat(quorate(cluster, 1)).isTrue();
        assertThat(quorate(cluster, 2)).isFalse();
    }

    @Test
    void whoFallsWithinTheWindowWasStillExpected() {
        TestCluster cluster = together(4, LAST_MAN);
        cluster.ring(1, 2, 3);
        cluster.ring(4);
        cluster.run(WINDOW.minusSeconds(1));
        cluster.ring(1, 2);
        cluster.run(WINDOW.multipliedBy(2));

        assertThat(quorate(cluster, 1)).isFalse();
    }

    @Test
    void whoIsBackIsExpectedAgain() {
        TestCluster cluster = together(3, LAST_MAN);
        cluster.ring(1, 2);
        cluster.ring(3);
        cluster.run(WINDOW.plus(SECOND));
        cluster.ring(1, 2, 3);
        cluster.run(SECOND);

        assertThat(cluster.node(1).state().voters().excused()).isEmpty();
        assertThat(cluster.node(3).state().voters().change()).isEmpty();
    }

    @Test
    void whoLeavesCleanlyIsNoLongerExpectedAndNodesMayLeaveOneAfterTheOther() {
        TestCluster cluster = together(3, QuorumOptions.DEFAULTS.withAllowDownscale());
        for (int leaving = 3; leaving > 1; leaving--) {
            boolean[] left = new boolean[1];
            cluster.node(leaving).controller.leave(() -> left[0] = true);
            cluster.run(SECOND);
            assertThat(left[0]).as("node " + leaving + " has left").isTrue();
            cluster.node(leaving).kill();
            cluster.ring(IntStream.range(1, leaving).toArray());
            cluster.run(SECOND);
            assertThat(quorate(cluster, 1)).isTrue();
        }
        assertThat(cluster.node(1).state().voters().excused()).containsExactly(NodeId.of(2), NodeId.of(3));
    }

    @Test
    void withoutDownscaleTheLastOneIsNotQuorate() {
        TestCluster cluster = together(3, QuorumOptions.DEFAULTS);
        cluster.node(3).controller.leave(() -> {});
        cluster.run(SECOND);
        cluster.ring(1, 2);
        cluster.run(SECOND);
        cluster.node(2).controller.leave(() -> {});
        cluster.run(SECOND);
        cluster.ring(1);
        cluster.run(SECOND);

        assertThat(quorate(cluster, 1)).isFalse();
    }
}
