package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.report.NodeEvent;
import dev.ha4j.api.report.QuorumDeviceReport;
import dev.ha4j.api.report.QuorumReport;
import dev.ha4j.api.report.QuorumRule;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.quorum.DeviceAnswer;
import dev.ha4j.quorum.QuorumDevice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of two that runs gets a quorum device, loses it, and gets another. */
@Timeout(180)
class DeviceAtRunTimeTest {

    @TempDir
    Path directory;

    private final List<String> timeline = new CopyOnWriteArrayList<>();

    /** A connection to an arbiter that is asked by one side only, and gives it its vote. */
    private static final class Line implements QuorumDevice {
        private volatile boolean closed;

        @Override
        public void ask(long ringSequence, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer) {
            answer.accept(new DeviceAnswer(true, 1));
        }

        @Override
        public String arbiter() {
            return "the line";
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aDeviceIsAddedReplacedByAnotherAndClosedWithTheNode() {
        Line firstOfA = new Line();
        Line firstOfB = new Line();
        Line secondOfA = new Line();
        Line secondOfB = new Line();
        Line refused = new Line();
        try (Loopback cluster = new Loopback(directory, twoNodes())) {
            HaNode a = cluster.start(cluster.node("a"));
            a.listen(this::heard);
            try (HaNode b = cluster.node("b").start()) {
                awaitQuorum(a, b);
                assertThatThrownBy(() -> a.admin().changeQuorum(DeviceAtRunTimeTest::votes, "Ada", "too early"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("has no quorum device");

                a.admin().quorumDevice(firstOfA);
                b.admin().quorumDevice(firstOfB);
                change(DeviceAtRunTimeTest::votes, a, b);
                assertThatThrownBy(() -> a.admin().quorumDevice(refused))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("has votes");
                assertThat(firstOfA.closed).isFalse();
                awaitVote(1);
                await(() -> assertThat(a.report().quorum().device()).contains(device(false, "a", "b")));
            }
            assertThat(firstOfB.closed).isTrue();
            awaitQuorumByDevice(a);
            assertThat(a.report().quorum().rule()).contains(QuorumRule.DEVICE);
            assertThat(a.report().quorum().configured()).isEqualTo(3);
            assertThat(a.report().quorum().device()).contains(device(true, "a"));

            try (HaNode b = cluster.node("b").start()) {
                awaitQuorum(a, b);
                await(() -> assertThat(b.report().problems()).anyMatch(problem -> problem.contains("none to ask")));
                assertThat(b.report().quorum().device())
                        .hasValueSatisfying(
                                device -> assertThat(device.problem()).isPresent());
                change(DeviceAtRunTimeTest::noVotes, a, b);
                a.admin().quorumDevice(secondOfA);
                b.admin().quorumDevice(secondOfB);
                assertThat(firstOfA.closed).isTrue();
                change(DeviceAtRunTimeTest::votes, a, b);
                assertThat(b.report().problems()).noneMatch(problem -> problem.contains("quorum device"));
                awaitVote(2);
            }
            awaitQuorumByDevice(a);
            assertThat(secondOfA.closed).isFalse();
            a.close();
            assertThatThrownBy(() -> a.admin().quorumDevice(refused))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has stopped");
        }
        assertThat(List.of(firstOfA.closed, firstOfB.closed, secondOfA.closed, secondOfB.closed))
                .containsOnly(true);
        assertThat(refused.closed).as("nobody took it").isFalse();
    }

    private static ClusterConfig twoNodes() {
        String address = Loopback.another(2, "b").links().get(0).toString();
        return Loopback.with(Loopback.single("arbiter").build(), NodeSpec.of(2, "b", address));
    }

    private static ClusterPolicy votes(ClusterPolicy policy) {
        return policy.withQuorum(policy.quorum().withDevice(QuorumDeviceOptions.DEFAULTS.withVotes(1)));
    }

    private static ClusterPolicy noVotes(ClusterPolicy policy) {
        return policy.withQuorum(policy.quorum().withoutDevice());
    }

    private void heard(NodeEvent event) {
        timeline.add(event.text());
    }

    private static void change(UnaryOperator<ClusterPolicy> change, HaNode a, HaNode b) {
        assertThat(a.admin()
                        .changeQuorum(change, "Ada", "the arbiter moves")
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(RequestResult.Applied.class);
        awaitQuorum(a, b);
    }

    private static void awaitQuorum(HaNode a, HaNode b) {
        await(() -> {
            for (HaNode node : List.of(a, b)) {
                assertThat(node.report().ring().members()).containsExactly("a", "b");
                assertThat(node.report().quorum().quorate()).isTrue();
                assertThat(node.state().voters().change()).isEmpty();
            }
            assertThat(b.state().policy().quorum()).isEqualTo(a.state().policy().quorum());
        });
    }

    /** The vote of a new device counts when the token has gone round. */
    private void awaitVote(int device) {
        await(() -> assertThat(timeline)
                .filteredOn(text -> text.startsWith("the quorum device's vote counts"))
                .hasSize(device));
    }

    private static void awaitQuorumByDevice(HaNode alone) {
        await(() -> {
            QuorumReport quorum = alone.report().quorum();
            assertThat(alone.report().ring().members()).containsExactly("a");
            assertThat(quorum.quorate()).as(quorum.explanation()).isTrue();
            assertThat(quorum.votes()).isEqualTo(2);
        });
    }

    private static QuorumDeviceReport device(boolean counted, String... members) {
        TreeMap<String, String> arbiters = new TreeMap<>();
        for (String member : members) {
            arbiters.put(member, "the line");
        }
        return new QuorumDeviceReport(1, counted, true, true, arbiters, Optional.empty());
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }
}
