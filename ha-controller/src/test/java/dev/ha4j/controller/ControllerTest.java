package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.Presence;
import dev.ha4j.controller.TestCluster.TestNode;
import dev.ha4j.controller.codec.StateCodecs;
import dev.ha4j.fencing.FenceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ControllerTest {

    private TestCluster cluster = new TestCluster(policy(Primitive.of("ledger")));

    @AfterEach
    void neverActiveTwice() {
        assertThat(cluster.violations).isEmpty();
        assertThat(cluster.tokens).isSorted().doesNotHaveDuplicates().doesNotContain(0L);
    }

    @Test
    void firstStartPlacesTheResourceOnce() {
        formed(1, 2, 3);

        assertThat(active()).containsExactly(1);
        assertThat(cluster.node(1).lease.term(1).orElseThrow().isHeld()).isTrue();
        assertSameStates(1, 2, 3);
    }

    @Test
    void failoverWaitsForTheConfirmedFence() {
        formed(1, 2, 3);
        cluster.fenceAnswer = (node, order) -> {
            assertThat(order.mayAct().getAsBoolean()).isTrue();
            cluster.node(1).crash();
            return TestCluster.off();
        };
        cluster.ring(2, 3);
        cluster.run(Duration.ofMillis(200));
        assertThat(active()).as("not before the fence is confirmed").containsExactly(1);

        cluster.run(Duration.ofSeconds(2));

        assertThat(active()).containsExactly(2);
        assertThat(cluster.node(2).state().node(NodeId.of(1)).proof().level()).isEqualTo(ProofLevel.POWER_VERIFIED);
        assertThat(cluster.node(2)
                        .executed
                        .get(cluster.node(2).executed.size() - 1)
                        .token())
                .isEqualTo(2);
    }

    @Test
    void anUnknownFenceUnlocksNothingAndIsTriedAgain() {
        formed(1, 2, 3);
        cluster.fenceAnswer = (node, order) -> FenceResult.unknown("timeout");
        cluster.node(1).crash();
        cluster.ring(2, 3);
        cluster.run(Duration.ofSeconds(20));

        assertThat(active()).isEmpty();
        assertThat(cluster.node(2).fenced).hasSizeGreaterThan(3).allMatch(r -> r.outcome() == FenceOutcome.UNKNOWN);
    }

    @Test
    void anAnswerThatCameWithoutQuorumCountsAndNothingIsFencedTwice() {
        formed(1, 2, 3);
        List<Integer> attempts = new ArrayList<>();
        cluster.fenceAnswer = (node, order) -> {
            attempts.add(order.attempt());
            return TestCluster.off();
        };
        cluster.node(1).crash();
        cluster.ring(2, 3);
        cluster.run(Duration.ofMillis(100));
        cluster.ring(2);
        cluster.ring(3);
        cluster.run(Duration.ofMillis(500));
        cluster.ring(2, 3);
        cluster.run(Duration.ofSeconds(3));

        assertThat(attempts).containsExactly(1);
        assertThat(active()).containsExactly(2);
    }

    @Test
    void aHumansWordUnlocksAndIsKept() {
        formed(1, 2, 3);
        cluster.fenceAnswer = (node, order) -> FenceResult.unknown("timeout");
        cluster.node(1).crash();
        cluster.ring(2, 3);
        cluster.run(Duration.ofSeconds(2));

        List<RequestResult> results =
                cluster.node(3).ask(1, new Request.ConfirmDown(NodeId.of(1), "kim", "pulled the plug"));
        cluster.run(Duration.ofSeconds(1));

        assertThat(results).singleElement().isInstanceOf(RequestResult.Applied.class);
        assertThat(active()).containsExactly(2);
        assertThat(cluster.node(2).state().fencing().history().values())
                .anyMatch(r -> r.outcome() == FenceOutcome.CONFIRMED_BY_HUMAN && r.by().equals("kim"));
    }

    @Test
    void aHumanCannotConfirmAMember() {
        formed(1, 2, 3);

        List<RequestResult> results = cluster.node(3).ask(1, new Request.ConfirmDown(NodeId.of(1), "kim", "I am sure"));
        cluster.run(Duration.ofSeconds(1));

        assertThat(results).singleElement().isInstanceOf(RequestResult.Refused.class);
    }

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
    void halveTheClusterAndMergeItAgain() {
        formed(1, 2, 3);
        cluster.fenceAnswer = (node, order) -> FenceResult.failed("unreachable");
        cluster.ring(1);
        cluster.ring(2, 3);
        cluster.run(Duration.ofSeconds(1));
        List<RequestResult> kept = cluster.node(2).ask(7, attribute(2, "kept"));
        cluster.run(Duration.ofSeconds(1));
        assertThat(kept).singleElement().isInstanceOf(RequestResult.Applied.class);

        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(3));

        assertThat(active()).containsExactly(1);
        assertThat(cluster.node(1).state().node(NodeId.of(2)).attributes()).containsKey("kept");
        assertSameStates(1, 2, 3);
    }

    @Test
    void aLongerLogOfAnOlderEpochLoses() {
        formed(1, 2, 3);
        cluster.fenceAnswer = (node, order) -> FenceResult.failed("unreachable");
        for (int i = 0; i < 50; i++) {
            cluster.node(1).ask(100 + i, attribute(1, "a" + i));
        }
        cluster.run(Duration.ofSeconds(1));
        cluster.ring(1);
        cluster.ring(2, 3);
        cluster.run(Duration.ofSeconds(1));
        long newer = cluster.node(2).state().version().epoch();

        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(3));

        assertThat(cluster.node(1).state().version().epoch()).isGreaterThan(newer);
        assertSameStates(1, 2, 3);
    }

    @Test
    void tokensRiseOverTheRestartOfAll() {
        formed(1, 2, 3);
        assertThat(cluster.tokens).containsExactly(1L);
        cluster.nodes.values().forEach(TestNode::crash);
        cluster.nodes.values().forEach(TestNode::reboot);
        cluster.run(Duration.ofMillis(100));
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(3));

        assertThat(active()).containsExactly(1);
        assertThat(cluster.tokens).containsExactly(1L, 2L);
    }

    @Test
    void anEmptyNodeGetsASnapshot() {
        formed(1, 2);
        cluster.fenceAnswer = (node, order) -> FenceResult.failed("unreachable");
        for (int i = 0; i < 200; i++) {
            cluster.node(1).ask(i, new Request.SetAttribute(NodeId.of(1), "k" + i, Optional.of("x".repeat(1000))));
        }
        cluster.run(Duration.ofSeconds(2));
        assertThat(StateCodecs.STATE.encode(cluster.node(1).state()).length).isGreaterThan(130_000);

        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(1));

        assertSameStates(1, 2, 3);
    }

    @Test
    void aRequestIsAppliedOnlyWhenAQuorumsDisksHaveIt() {
        formed(1, 2, 3);
        cluster.diskTime = Duration.ofMillis(500);
        List<RequestResult> results = cluster.node(2).ask(1, attribute(2, "slow"));
        cluster.run(Duration.ofMillis(400));
        assertThat(cluster.node(2).state().node(NodeId.of(2)).attributes()).containsKey("slow");
        assertThat(results).isEmpty();

        cluster.run(Duration.ofMillis(300));

        assertThat(results).singleElement().isInstanceOf(RequestResult.Applied.class);
    }

    @Test
    void aRequestOvertakenByTheRingIsIndeterminateAndARetryIsNotDoneTwice() {
        formed(1, 2, 3);
        cluster.nodes.values().forEach(node -> node.dropTransitional = false);
        List<RequestResult> results = cluster.node(2).ask(1, attribute(2, "lost"));
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(1));
        assertThat(results).singleElement().isInstanceOf(RequestResult.Indeterminate.class);
        assertThat(cluster.node(2).state().node(NodeId.of(2)).attributes()).isEmpty();

        List<RequestResult> retried = cluster.node(2).ask(1, attribute(2, "lost"));
        cluster.run(Duration.ofSeconds(1));
        List<RequestResult> again = cluster.node(2).ask(1, attribute(2, "lost"));
        cluster.run(Duration.ofSeconds(1));

        assertThat(retried).singleElement().isInstanceOf(RequestResult.Applied.class);
        assertThat(again).isEqualTo(retried);
    }

    @Test
    void withoutQuorumAFreshRequestIsRefused() {
        formed(1, 2, 3);
        cluster.ring(3);
        cluster.run(Duration.ofSeconds(1));

        assertThat(cluster.node(3).ask(1, attribute(3, "x"))).singleElement().isInstanceOf(RequestResult.Refused.class);
    }

    @Test
    void aCleanLeaveHandsOverWithoutAnyFence() {
        formed(1, 2, 3);
        List<String> gone = new ArrayList<>();
        cluster.node(1).controller.leave(() -> gone.add("left"));
        cluster.run(Duration.ofSeconds(2));
        assertThat(gone).containsExactly("left");
        assertThat(cluster.node(2).state().node(NodeId.of(1)).presence()).isEqualTo(Presence.LEFT_CLEANLY);

        cluster.node(1).crash();
        cluster.ring(2, 3);
        cluster.run(Duration.ofSeconds(1));

        assertThat(active()).containsExactly(2);
        assertThat(cluster.node(2).state().node(NodeId.of(1)).presence()).isEqualTo(Presence.LEFT_CLEANLY);
        assertThat(cluster.node(2).fenced).isEmpty();
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
    void deathOfAnotherNodeEndsNobodysTerm() {
        formed(1, 2, 3);
        cluster.fenceAnswer = (node, order) -> TestCluster.off();
        cluster.node(3).crash();
        cluster.run(Duration.ofMillis(1500));
        cluster.ring(1, 2);
        cluster.run(Duration.ofSeconds(5));

        assertThat(cluster.node(1).lease.isHeld(1)).isTrue();
        assertThat(cluster.tokens).containsExactly(1L);
    }

    @Test
    void aFailedDiskStopsTheNode() {
        formed(1, 2, 3);
        cluster.node(2).disk.breakDown();
        cluster.node(1).ask(1, attribute(1, "x"));
        cluster.run(Duration.ofSeconds(1));

        assertThat(cluster.node(2).stopped).contains("disk");
    }

    /** A force that failed leaves what was written to be read, by this life and the next, and not on the platter. */
    @Test
    void whatWasReadIsForcedAnewBeforeTheNodeJoins() {
        formed(1, 2, 3);
        TestNode node = cluster.node(3);
        node.disk.failForces(true);
        cluster.node(1).ask(1, attribute(3, "x"));
        cluster.run(Duration.ofSeconds(1));
        assertThat(node.stopped).contains("disk");
        node.kill();
        node.boot();
        cluster.run(Duration.ofMillis(50));
        assertThat(node.ready).as("the disk still does not force").isFalse();

        node.kill();
        node.disk.failForces(false);
        node.boot();
        cluster.run(Duration.ofMillis(50));
        assertThat(node.ready).isTrue();
        ClusterState read = node.state();
        assertThat(read.node(NodeId.of(3)).attributes()).containsKey("x");
        node.crash();
        node.reboot();
        cluster.run(Duration.ofMillis(50));

        assertThat(node.state()).isEqualTo(read);
    }

    @Test
    void aMessageOfANewerFormatStopsTheNodeWithTheReason() {
        formed(1, 2, 3);
        cluster.node(2)
                .controller
                .delivered(NodeId.of(1), java.util.OptionalLong.empty(), new byte[] {3, 5, 0, 1}, false);

        assertThat(cluster.node(2).stopped)
                .contains("node 1 runs software of another version", "format 3, newer than 2");
    }

    @Test
    void whoDoesNotKnowTheFeatureLevelStopsWithTheReason() {
        List.of(1, 2, 3).forEach(id -> cluster.node(id).featureLevel = 2);
        formed(1, 2, 3);
        assertThat(cluster.node(1).state().featureLevel()).isEqualTo(2);
        cluster.node(3).crash();
        cluster.node(3).featureLevel = 1;
        cluster.node(3).reboot();
        cluster.run(Duration.ofSeconds(1));

        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(1));

        assertThat(cluster.node(3).stopped).contains("feature level 2", "this software knows 1");
        assertThat(cluster.node(1).stopped).isEmpty();
    }

    @Test
    void anUnknownMessageStopsTheNodeAndGarbageDoesNot() {
        formed(1, 2, 3);
        Controller controller = cluster.node(2).controller;
        controller.delivered(NodeId.of(1), java.util.OptionalLong.empty(), new byte[] {2, 2}, false);
        controller.delivered(NodeId.of(1), java.util.OptionalLong.empty(), new byte[0], false);
        assertThat(controller.garbageMessages()).isEqualTo(2);
        assertThat(cluster.node(2).stopped).isEmpty();

        controller.delivered(NodeId.of(1), java.util.OptionalLong.empty(), new byte[] {2, 5, 0, 99}, false);

        assertThat(cluster.node(2).stopped).contains("command 99");
    }

    @Test
    void aTornLogTailIsCutAndAMissingOneIsFetched() {
        formed(1, 2, 3);
        cluster.node(3).crash();
        String log = cluster.node(3).disk.list().stream()
                .filter(name -> name.startsWith("log-"))
                .reduce((a, b) -> b)
                .orElseThrow();
        cluster.node(3).disk.damage(log, bytes -> Arrays.copyOf(bytes, bytes.length - 3));
        cluster.node(3).reboot();
        cluster.run(Duration.ofMillis(100));
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(1));

        assertThat(cluster.node(3).stopped).isEmpty();
        assertSameStates(1, 2, 3);
    }

    private void formed(int... members) {
        cluster.startAll();
        for (int id : members) {
            assertThat(cluster.node(id).ready).isTrue();
        }
        for (TestNode node : cluster.nodes.values()) {
            if (Arrays.stream(members).noneMatch(id -> id == node.id.value())) {
                cluster.fenceAnswer = (executor, order) -> TestCluster.off();
            }
        }
        cluster.ring(members);
        cluster.run(Duration.ofSeconds(2));
        assertThat(active()).containsExactly(1);
    }

    private List<Integer> active() {
        return cluster.nodes.values().stream()
                .filter(node -> !node.active.isEmpty())
                .map(node -> node.id.value())
                .toList();
    }

    private void assertSameStates(int... ids) {
        byte[] first = StateCodecs.STATE.encode(cluster.node(ids[0]).state());
        for (int id : ids) {
            assertThat(StateCodecs.STATE.encode(cluster.node(id).state()))
                    .as("node " + id)
                    .isEqualTo(first);
        }
    }

    private static Request attribute(int node, String name) {
        return new Request.SetAttribute(NodeId.of(node), name, Optional.of("1"));
    }

    static ClusterPolicy policy(Primitive... primitives) {
        List<NodeSpec> nodes = List.of(
                NodeSpec.of(1, "a", "10.0.0.1"), NodeSpec.of(2, "b", "10.0.0.2"), NodeSpec.of(3, "c", "10.0.0.3"));
        FencePath bmc = new FencePath(
                "bmc", new TreeSet<>(List.of("a", "b", "c")), ProofLevel.POWER_VERIFIED, Duration.ofSeconds(5));
        return new ClusterPolicy(
                "test",
                nodes,
                QuorumOptions.DEFAULTS,
                ClusterOptions.DEFAULTS,
                List.of(primitives),
                List.of(),
                List.of(bmc));
    }
}
