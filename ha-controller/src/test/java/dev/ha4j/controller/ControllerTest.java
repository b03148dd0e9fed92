package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.Presence;
import dev.ha4j.fencing.FenceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Roles are placed, taken over behind a fence, and handed over. */
final class ControllerTest extends ControllerFixture {

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
}
