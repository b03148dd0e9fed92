package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.Presence;
import dev.ha4j.controller.TestCluster.TestNode;
import dev.ha4j.fencing.FenceResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that comes back counts only when its earlier life is over for sure. */
final class EntranceTest {

    private final TestCluster cluster = new TestCluster(ControllerFixture.policy(Primitive.of("ledger")));

    @AfterEach
    void neverActiveTwice() {
        assertThat(cluster.violations).isEmpty();
    }

    @Test
    void theLockOfTheSameDirectoryProvesThatTheProcessIsGone() {
        lostWithoutProof();
        comesBack(node -> {});

        assertThat(presence()).isEqualTo(Presence.MEMBER);
        assertThat(lastRecord().outcome()).isEqualTo(FenceOutcome.OBSOLETE);
        assertThat(lastRecord().level()).isEqualTo(ProofLevel.PROCESS_KILLED);
        assertThat(holders()).hasSize(1);
    }

    @Test
    void aRebootOfTheSameMachineProvesMore() {
        lostWithoutProof();
        comesBack(node -> {
            node.bootId = "boot2";
            node.directoryId = "new disk";
        });

        assertThat(presence()).isEqualTo(Presence.MEMBER);
        assertThat(lastRecord().level()).isEqualTo(ProofLevel.POWER_VERIFIED);
    }

    @Test
    void aTwinInAnotherDirectoryProvesNothing() {
        lostWithoutProof();
        comesBack(node -> node.directoryId = "another directory");

        assertThat(presence()).isEqualTo(Presence.LOST);
        assertThat(holders()).isEmpty();
        assertThat(cluster.node(1).events)
                .anyMatch(event -> event.startsWith("is no member: its earlier life boot1/1"));
    }

    @Test
    void aDirectoryRestoredOnAnotherMachineProvesNothing() {
        lostWithoutProof();
        comesBack(node -> {
            node.machineId = "spare";
            node.bootId = "boot2";
        });

        assertThat(presence()).isEqualTo(Presence.LOST);
        assertThat(holders()).isEmpty();
    }

    @Test
    void aLifeThatWaitsEntersWhenItsPredecessorIsFenced() {
        lostWithoutProof();
        comesBack(node -> node.machineId = "spare");
        cluster.fenceAnswer = (executor, order) -> {
            assertThat(order.incarnation().orElseThrow().machineId()).isEqualTo("machine1");
            return TestCluster.off();
        };
        cluster.run(Duration.ofMinutes(2));

        assertThat(presence()).isEqualTo(Presence.MEMBER);
        assertThat(cluster.node(1).halted).isEmpty();
        assertThat(holders()).hasSize(1);
    }

    @Test
    void aLifeThatWaitsEntersAtAnOperatorsWord() {
        lostWithoutProof();
        comesBack(node -> node.machineId = "spare");
        cluster.node(3).ask(1, new Request.ConfirmDown(NodeId.of(1), "kim", "the old machine is scrapped"));
        cluster.run(Duration.ofSeconds(1));

        assertThat(presence()).isEqualTo(Presence.MEMBER);
    }

    @Test
    void aFencingOfALifeThatIsOverBeforeAnybodyMissedItIsObsolete() {
        formed();
        cluster.fenceTime = Duration.ofMinutes(5);
        cluster.node(3).ask(1, new Request.Fence(NodeId.of(1), "kim", "it is slow"));
        cluster.run(Duration.ofMillis(100));
        assertThat(cluster.node(2).state().fencing().open().containsKey(NodeId.of(1)))
                .isTrue();
        cluster.node(1).kill();
        cluster.node(1).boot();
        cluster.run(Duration.ofMillis(50));
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(1));

        assertThat(presence()).isEqualTo(Presence.MEMBER);
        assertThat(cluster.node(2).state().fencing().open().containsKey(NodeId.of(1)))
                .isFalse();
        assertThat(lastRecord().outcome()).isEqualTo(FenceOutcome.OBSOLETE);
    }

    @Test
    void whoWaitsOutsideDoesNotControl() {
        lostWithoutProof();
        comesBack(node -> node.machineId = "spare");

        assertThat(cluster.node(2).state().controller()).contains(NodeId.of(2));
    }

    @Test
    void aLostDiskDoesNotMakeAQuorumThatForgets() {
        formed();
        cluster.ring(1, 2);
        cluster.run(Duration.ofSeconds(1));
        List<RequestResult> kept = cluster.node(1).ask(7, new Request.Standby(NodeId.of(3), true));
        cluster.run(Duration.ofSeconds(1));
        assertThat(kept).singleElement().isInstanceOf(RequestResult.Applied.class);

        losesItsDisk("");
        assertThat(cluster.node(3).state().quorate())
                .as("nobody here remembers")
                .isFalse();

        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(2));
        assertThat(cluster.node(1).state().node(NodeId.of(3)).standby()).isTrue();
        cluster.ring(1, 3);
        cluster.run(Duration.ofSeconds(2));
        assertThat(cluster.node(1).state().quorate())
                .as("a member again, it counts")
                .isTrue();
    }

    @Test
    void atAnOperatorsWordALostDiskCounts() {
        formed();
        cluster.ring(1, 2);
        cluster.run(Duration.ofSeconds(1));

        losesItsDisk("kim (two disks burnt)");

        assertThat(cluster.node(3).state().quorate()).isTrue();
        assertThat(cluster.node(3).events)
                .contains("counts node 1, whose state was lost, at the word of kim (two disks burnt)");
    }

    /** Node 1 comes back with an empty disk, on a rebooted machine, and meets only the one that was not there. */
    private void losesItsDisk(String word) {
        cluster.fenceAnswer = (executor, order) -> FenceResult.unknown("timeout");
        TestNode node = cluster.node(1);
        node.crash();
        node.disk = new MemoryDisk();
        node.directoryId = "new disk";
        node.bootId = "boot2";
        node.lostStateAcceptedBy = word;
        node.boot();
        cluster.run(Duration.ofMillis(100));
        cluster.node(2).cutOff();
        cluster.ring(1, 3);
        cluster.run(Duration.ofSeconds(2));
    }

    private void formed() {
        cluster.startAll();
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(2));
        assertThat(holders()).containsExactly(1);
    }

    private void lostWithoutProof() {
        formed();
        cluster.fenceAnswer = (executor, order) -> FenceResult.unknown("timeout");
        cluster.node(1).crash();
        cluster.ring(2, 3);
        cluster.run(Duration.ofSeconds(4));
        assertThat(holders()).isEmpty();
    }

    private void comesBack(java.util.function.Consumer<TestNode> otherwise) {
        TestNode node = cluster.node(1);
        otherwise.accept(node);
        node.boot();
        cluster.run(Duration.ofMillis(100));
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(2));
    }

    private Presence presence() {
        return cluster.node(2).state().node(NodeId.of(1)).presence();
    }

    private FenceRecord lastRecord() {
        return cluster.node(2)
                .state()
                .fencing()
                .history()
                .values()
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private List<Integer> holders() {
        return cluster.nodes.values().stream()
                .filter(node -> !node.active.isEmpty())
                .map(node -> node.id.value())
                .toList();
    }
}
