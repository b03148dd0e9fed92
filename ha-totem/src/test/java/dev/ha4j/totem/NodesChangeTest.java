package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.SimulatedNode.History;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes are added and removed while the ring runs. */
class NodesChangeTest {

    private static final long MILLI = 1_000_000L;

    @Test
    void anAddedNodeJoinsWithoutATokenLostOrAMessageMissed() {
        SimulatedCluster cluster = settledCluster(3);
        flood(cluster, 3);
        cluster.changeNodes(nodes(1, 2, 3, 4), 0);
        cluster.run(10 * MILLI);
        cluster.boot(4);
        flood(cluster, 3);
        assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
        assertThat(regulars(cluster.node(1))).isEqualTo("1 | 1 2 3 | 1 2 3 4");
        assertThat(cluster.node(1).ring.report().counters()).doesNotContainKey("token lost");
        assertThat(cluster.node(1).submitted).allMatch(text -> isDelivered(cluster.node(2), text));
        new EvsChecker(cluster.boots).check();
    }

    /** Node 1 knows it, the others do not yet: it is turned away, at most once per token timeout, and its ring goes on. */
    @Test
    void whoIsNotKnownToAllIsTurnedAwayUntilTheyDo() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.configure(nodes(1, 2, 3, 4));
        cluster.node(1).catchUp();
        cluster.boot(4);
        cluster.run(2_900 * MILLI);
        assertThat(regulars(cluster.node(1))).isEqualTo("1 | 1 2 3 | 1 2 3 | 1 2 3");
        assertThat(cluster.node(1).ring.report().counters()).containsKey("turned away");

        cluster.changeNodes(nodes(1, 2, 3, 4), 0);
        assertThat(cluster.runUntilSettled(1_500 * MILLI)).isTrue();
        assertThat(cluster.node(4).ring.report().members()).isEqualTo(nodes(1, 2, 3, 4));
        new EvsChecker(cluster.boots).check();
    }

    /** It was down while node 4 was added. The ring goes on, and it is told what it lacks. */
    @Test
    void whoDoesNotKnowAMemberIsTurnedAwayAndToldOfIt() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.crash(3);
        cluster.changeNodes(nodes(1, 2, 3, 4), 0);
        cluster.run(0);
        cluster.boot(4);
        assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
        int rings = regulars(cluster.node(1)).split("\\|").length;

        cluster.configure(nodes(1, 2, 3));
        cluster.boot(3);
        cluster.run(2_900 * MILLI);
        assertThat(cluster.node(1).ring.report().members()).isEqualTo(nodes(1, 2, 4));
        assertThat(regulars(cluster.node(1)).split("\\|")).hasSizeLessThanOrEqualTo(rings + 3);
        assertThat(cluster.node(3).ring.report().strangers()).isEqualTo(nodes(4));

        cluster.changeNodes(nodes(1, 2, 3, 4), 0);
        assertThat(cluster.runUntilSettled(30_000 * MILLI)).isTrue();
        assertThat(cluster.node(3).ring.report().members()).isEqualTo(nodes(1, 2, 3, 4));
        new EvsChecker(cluster.boots).check();
    }

    /** It was down while node 3 was removed, and has a ring with it. What it was told of it holds until it is told otherwise. */
    @Test
    void whoHasARingWithARemovedNodeGoesOnHearingThatOthersDoNotKnowIt() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.crash(1);
        cluster.run(3_000 * MILLI);
        cluster.configure(nodes(1, 2));
        cluster.boot(1);
        cluster.run(3_000 * MILLI);
        for (int look = 0; look < 50; look++) {
            cluster.run(200 * MILLI);
            assertThat(cluster.node(2).ring.report().disowned()).isEqualTo(nodes(3));
        }
    }

    @Test
    void theWordOfWhoWasRemovedCountsNoMore() {
        SimulatedCluster cluster = settledCluster(4);
        cluster.configure(nodes(1, 2, 4));
        cluster.node(4).catchUp();
        cluster.run(300 * MILLI);
        assertThat(cluster.node(1).ring.report().disowned()).isEqualTo(nodes(3));
        cluster.configure(nodes(1, 2, 3));
        cluster.node(1).catchUp();
        cluster.node(2).catchUp();
        cluster.node(3).catchUp();
        cluster.run(300 * MILLI);
        assertThat(cluster.node(1).ring.report().disowned()).isEqualTo(nodes());
    }

    @Test
    void aRemovedNodeLeavesTheRingOfAllAsSoonAsOneKnows() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.configure(nodes(1, 2));
        cluster.node(1).catchUp();
        cluster.run(300 * MILLI);
        assertThat(cluster.node(2).ring.report().members()).isEqualTo(nodes(1, 2));
        cluster.changeNodes(nodes(1, 2), 0);
        cluster.run(5_000 * MILLI);
        assertThat(cluster.node(1).ring.report().members()).isEqualTo(nodes(1, 2));
        assertThat(cluster.node(3).ring.report().members()).isEqualTo(nodes(3));
        assertThat(cluster.refusedStrangers).isPositive();
        new EvsChecker(cluster.boots).check();
    }

    @Test
    void whoWasRemovedMayComeBack() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.changeNodes(nodes(1, 2), 20 * MILLI);
        cluster.run(2_000 * MILLI);
        cluster.changeNodes(nodes(1, 2, 3), 20 * MILLI);
        assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
        assertThat(cluster.node(1).ring.report().members()).isEqualTo(nodes(1, 2, 3));
        new EvsChecker(cluster.boots).check();
    }

    @Test
    void theTokenIsMeasured() {
        SimulatedCluster cluster = settledCluster(3);
        flood(cluster, 3);
        cluster.run(2_000 * MILLI);
        RingReport report = cluster.node(2).ring.report();
        assertThat(report.token().rotations()).isPositive();
        assertThat(report.token().longestRotation())
                .isGreaterThanOrEqualTo(report.token().meanRotation());
        assertThat(report.token().sinceLast()).isLessThan(cluster.config().tokenTimeout());
        assertThat(report.token().late()).isZero();
        assertThat(report.sent().get("message")).isPositive();
        assertThat(report.received().get("token")).isPositive();

        cluster.refusals = false;
        cluster.crash(1);
        cluster.run(3_000 * MILLI);
        assertThat(cluster.node(2).ring.report().token().lost()
                        + cluster.node(3).ring.report().token().lost())
                .isPositive();
    }

    @Test
    void aNodeCanNotBeToldThatItIsNotConfigured() {
        SimulatedCluster cluster = settledCluster(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.node(1).ring.changeNodes(nodes(2), cluster.now()))
                .withMessageContaining("node 1 is not among");
    }

    private static SortedSet<NodeId> nodes(int... ids) {
        return IntStream.of(ids).mapToObj(NodeId::of).collect(Collectors.toCollection(TreeSet::new));
    }

    private static SimulatedCluster settledCluster(int size) {
        SimulatedCluster cluster = new SimulatedCluster(
                RingConfig.builder()
                        .nodes(nodes(IntStream.rangeClosed(1, size).toArray()))
                        .build(),
                1);
        IntStream.rangeClosed(1, size).forEach(cluster::boot);
        assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
        return cluster;
    }

    private static void flood(SimulatedCluster cluster, int nodes) {
        for (int i = 0; i < 200; i++) {
            int sender = 1 + i % nodes;
            cluster.at(
                    cluster.now() + i * MILLI / 4,
                    () -> cluster.node(sender).submit(DeliveryGuarantee.SAFE, Lane.CONTROL, 100));
        }
    }

    private static boolean isDelivered(SimulatedNode node, String text) {
        return node.history.stream()
                .anyMatch(h -> h instanceof History.Delivered d && d.text().equals(text));
    }

    /** Members of each ring, from the node's first one on. */
    private static String regulars(SimulatedNode node) {
        return node.history.stream()
                .filter(History.Regular.class::isInstance)
                .map(h -> ((History.Regular) h)
                        .configuration().members().stream()
                                .map(NodeId::toString)
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "));
    }
}
