package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.report.FenceAnswer;
import dev.ha4j.api.report.FenceAnswer.Outcome;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.fencing.FenceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator orders a node to be fenced, with quorum and without. */
final class OperatorFencesTest {

    private final TestCluster cluster = new TestCluster(ControllerFixture.policy(Primitive.of("ledger")));

    @BeforeEach
    void form() {
        cluster.startAll();
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(2));
        cluster.fenceAnswer = (executor, order) -> {
            cluster.nodes.get(order.target()).crash();
            return TestCluster.off();
        };
    }

    @Test
    void aMemberIsFencedAndItsResourceTakenOver() {
        List<FenceAnswer> answers = fence(3, 1);
        cluster.run(Duration.ofSeconds(1));
        cluster.ring(2, 3);
        cluster.run(Duration.ofSeconds(1));

        assertThat(answers).extracting(FenceAnswer::outcome).containsExactly(Outcome.CONFIRMED);
        assertThat(record(2).reason()).startsWith("ordered by kim (smoke): ");
        assertThat(cluster.node(2).active).containsKey("ledger");
        assertThat(cluster.violations).isEmpty();
    }

    @Test
    void anUnknownResultIsSaidAndAMemberIsNotTriedAgain() {
        cluster.fenceAnswer = (executor, order) -> FenceResult.unknown("no answer");
        List<FenceAnswer> answers = fence(3, 1);
        cluster.run(Duration.ofMinutes(2));

        assertThat(answers).containsExactly(new FenceAnswer(Outcome.UNKNOWN, "ordered by kim (smoke): no answer"));
        assertThat(cluster.node(2).fenced).hasSize(1);
        assertThat(cluster.node(2).state().node(NodeId.of(1)).presence()).isEqualTo(Presence.MEMBER);
        assertThat(cluster.node(2).state().fencing().open().isEmpty()).isTrue();
    }

    @Test
    void theRingChangesBeforeTheResultIsKnown() {
        cluster.fenceTime = Duration.ofSeconds(20);
        List<FenceAnswer> answers = fence(3, 1);
        cluster.run(Duration.ofSeconds(1));
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(1));

        assertThat(answers).extracting(FenceAnswer::outcome).containsExactly(Outcome.UNKNOWN);
    }

    @Test
    void whatCannotBeFencedIsRefused() {
        List<FenceAnswer> answers = fence(3, 9);
        cluster.run(Duration.ofSeconds(1));

        assertThat(answers).containsExactly(FenceAnswer.failed("there is no node 9"));
    }

    @Test
    void withoutQuorumTheConfirmationIsKeptUntilThereIsQuorumAgain() {
        cluster.node(1).crash();
        cluster.node(2).crash();
        cluster.ring(3);
        cluster.run(Duration.ofSeconds(1));
        List<FenceAnswer> answers = fence(3, 1);
        cluster.run(Duration.ofSeconds(1));
        assertThat(answers).containsExactly(new FenceAnswer(Outcome.CONFIRMED, "bmc: off, off"));
        assertThat(cluster.node(3).state().node(NodeId.of(1)).proof().level())
                .as("unlocks nothing without quorum")
                .isEqualTo(ProofLevel.NONE);
        assertThat(cluster.node(3).active).isEmpty();

        cluster.fenceAnswer = (executor, order) -> FenceResult.unknown("no answer");
        cluster.node(2).reboot();
        cluster.run(Duration.ofMillis(100));
        cluster.ring(2, 3);
        cluster.run(Duration.ofSeconds(2));

        assertThat(record(3).outcome()).isEqualTo(FenceOutcome.CONFIRMED);
        assertThat(record(3).reason()).isEqualTo("ordered by kim (smoke) without quorum: off, off");
        assertThat(cluster.node(3).state().node(NodeId.of(1)).proof().level()).isEqualTo(ProofLevel.POWER_VERIFIED);
        assertThat(cluster.holders()).containsEntry("ledger", 1L);
    }

    @Test
    void evidenceOfAnEarlierLifeProvesNothingOfALaterOne() {
        cluster.node(1).crash();
        cluster.node(2).crash();
        cluster.ring(3);
        cluster.run(Duration.ofSeconds(1));
        fence(3, 1);
        cluster.run(Duration.ofSeconds(1));
        cluster.node(1).reboot();
        cluster.node(2).reboot();
        cluster.run(Duration.ofMillis(100));
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(2));

        assertThat(cluster.node(3).state().node(NodeId.of(1)).presence()).isEqualTo(Presence.MEMBER);
        assertThat(cluster.node(3).halted).isEmpty();
    }

    @Test
    void aNodeThatReadsOfItsOwnConfirmedFencingHalts() {
        cluster.fenceAnswer = (executor, order) -> TestCluster.off();
        fence(3, 1);
        cluster.run(Duration.ofSeconds(1));

        assertThat(cluster.node(1).halted).isEqualTo("this node was fenced by bmc, and still runs");
    }

    @Test
    void anOrderNeedsANameAndAReason() {
        assertThatThrownBy(() -> new Request.Fence(NodeId.of(1), "kim", " "))
                .hasMessage("an order to fence needs the operator's name and a reason");
        assertThatThrownBy(() -> new Request.ConfirmDown(NodeId.of(1), "kim", "x".repeat(600)))
                .hasMessageContaining("512 characters");
    }

    private List<FenceAnswer> fence(int by, int target) {
        List<FenceAnswer> answers = new ArrayList<>();
        cluster.node(by)
                .controller
                .fence(new RequestId(77, 1), new Request.Fence(NodeId.of(target), "kim", "smoke"), answers::add);
        return answers;
    }

    private FenceRecord record(int node) {
        return cluster.node(node)
                .state()
                .fencing()
                .history()
                .values()
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
