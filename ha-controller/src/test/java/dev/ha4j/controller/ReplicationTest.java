package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.TestCluster.TestNode;
import dev.ha4j.controller.codec.StateCodecs;
import dev.ha4j.fencing.FenceResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the nodes know survives partitions, crashes and damage, and is the same everywhere. */
final class ReplicationTest extends ControllerFixture {

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
}
