package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.controller.TestCluster.TestNode;
import dev.ha4j.fencing.FenceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has no quorum stops, and others take over when that is proven. */
final class NoQuorumTest extends ControllerFixture {

    @Test
    void theMinorityStopsAndItsTermLapses() {
        formed(1, 2, 3);
        cluster.fenceAnswer = (node, order) -> FenceResult.failed("unreachable");
        cluster.ring(1);
        cluster.ring(2, 3);
        cluster.run(Duration.ofSeconds(1));

        assertThat(active()).isEmpty();
        assertThat(cluster.node(1).controller.state().quorate()).isFalse();
        assertThat(cluster.node(1).lease.isHeld(1)).isFalse();
    }

    @Test
    void aNodeWithoutAnyRingStopsWhenItsLeaseRunsOut() {
        formed(1, 2, 3);
        cluster.node(1).cutOff();
        cluster.run(Duration.ofMillis(2900));
        assertThat(cluster.node(1).lease.isHeld(1)).isTrue();

        cluster.run(Duration.ofMillis(200));

        assertThat(cluster.node(1).lease.isHeld(1)).isFalse();
        assertThat(active()).isEmpty();
    }

    @Test
    void whatANodeFailedToStopByItselfIsFoundByTheCluster() {
        formed(1, 2, 3);
        cluster.node(1).stopsByItself = false;
        cluster.node(1).cutOff();
        cluster.run(Duration.ofMillis(3100));
        assertThat(active()).containsExactly(1);

        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(1));

        assertThat(cluster.node(1).lease.isHeld(1)).isFalse();
        assertThat(cluster.node(1).executed)
                .extracting(OperationOrder::operation)
                .endsWith(OperationName.MONITOR);
        assertThat(cluster.node(1).state().history().keys())
                .contains(new OperationKey(NodeId.of(1), "ledger", OperationName.MONITOR, 0))
                .doesNotContain(new OperationKey(NodeId.of(1), "ledger", OperationName.START, 0));
    }

    @Test
    void ringsThatFlapDontFenceAgainAndAgain() {
        List<Integer> attempts = new ArrayList<>();
        cluster.fenceAnswer = (node, order) -> {
            attempts.add(order.attempt());
            return FenceResult.failed("unreachable");
        };
        formed(1, 2, 3);
        cluster.node(1).cutOff();
        for (int second = 0; second < 60; second++) {
            cluster.ring(2, 3);
            cluster.run(Duration.ofSeconds(1));
        }

        assertThat(attempts).hasSizeBetween(3, 12);
    }

    @Test
    void whatFailsToStopWithoutQuorumEndsTheProcessWithTheLeaseOnWhichOthersRely() {
        cluster = new TestCluster(policy(Primitive.of("ledger").requires(ProofLevel.SELF_LEASE)));
        formed(1, 2, 3);
        cluster.node(1).stopsByItself = false;
        cluster.node(1).cutOff();
        cluster.run(Duration.ofMillis(3300));

        assertThat(cluster.node(1).halted).contains("ledger did not stop in time");
    }

    @Test
    void theSuccessorWaitsOutTheLeaseOfWhatItCannotFence() {
        cluster = new TestCluster(policy(Primitive.of("ledger").requires(ProofLevel.SELF_LEASE)));
        cluster.fenceAnswer = (node, order) -> FenceResult.failed("unreachable");
        formed(1, 2, 3);
        cluster.node(1).operationTime = Duration.ofMillis(150);
        cluster.node(1).cutOff();
        cluster.ring(2, 3);
        cluster.run(Duration.ofMillis(3200));
        assertThat(cluster.node(2).active).isEmpty();

        cluster.run(Duration.ofSeconds(1));

        assertThat(active()).containsExactly(2);
    }

    @Test
    void theNodesOfASplitWithoutQuorumStopAndStartAnew() {
        formed(1, 2, 3);
        cluster.ring(1);
        cluster.ring(2);
        cluster.ring(3);
        cluster.run(Duration.ofSeconds(1));
        assertThat(active()).isEmpty();

        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(2));

        assertThat(active()).containsExactly(1);
        assertThat(cluster.tokens).containsExactly(1L, 2L);
    }

    @Test
    void whatIsOrderedBehindAStopThatTheStateDoesNotKnowOfIsNotBegun() {
        formed(1, 2, 3);
        TestNode node = cluster.node(1);
        node.operationTime = Duration.ofSeconds(1);
        cluster.ring(1);
        cluster.run(Duration.ofMillis(50));
        node.operationTime = Duration.ofMillis(5);
        node.active.clear();
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofMillis(500));
        assertThat(node.state().terms().grants().get("ledger").orElseThrow().token())
                .isEqualTo(2);
        assertThat(cluster.tokens).as("the node still stops by itself").containsExactly(1L);

        cluster.run(Duration.ofSeconds(2));

        assertThat(active()).containsExactly(1);
        assertThat(cluster.tokens).containsExactly(1L, 3L);
        assertThat(node.lease.terms()).containsOnlyKeys(3L);
    }

    @Test
    void withoutQuorumAFreshRequestIsRefused() {
        formed(1, 2, 3);
        cluster.ring(3);
        cluster.run(Duration.ofSeconds(1));

        assertThat(cluster.node(3).ask(1, attribute(3, "x"))).singleElement().isInstanceOf(RequestResult.Refused.class);
    }
}
