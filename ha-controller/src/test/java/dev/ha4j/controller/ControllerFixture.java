package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.controller.TestCluster.TestNode;
import dev.ha4j.controller.codec.StateCodecs;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;

/** Three controllers that can run a ledger and fence each other; it is never active twice. */
abstract class ControllerFixture {

    TestCluster cluster = new TestCluster(policy(Primitive.of("ledger")));

    @AfterEach
    final void neverActiveTwice() {
        assertThat(cluster.violations).isEmpty();
        assertThat(cluster.tokens).isSorted().doesNotHaveDuplicates().doesNotContain(0L);
    }

    void formed(int... members) {
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

    List<Integer> active() {
        return cluster.nodes.values().stream()
                .filter(node -> !node.active.isEmpty())
                .map(node -> node.id.value())
                .toList();
    }

    void assertSameStates(int... ids) {
        byte[] first = StateCodecs.STATE.encode(cluster.node(ids[0]).state());
        for (int id : ids) {
            assertThat(StateCodecs.STATE.encode(cluster.node(id).state()))
                    .as("node " + id)
                    .isEqualTo(first);
        }
    }

    static Request attribute(int node, String name) {
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
