package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.Presence;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Votes and voters changed while the cluster runs: two sides are never quorate, whoever knows which rule. */
final class VoterChangeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private long requests;

    private static ClusterPolicy policy(int nodes) {
        return new ClusterPolicy(
                "test",
                IntStream.rangeClosed(1, nodes).mapToObj(VoterChangeTest::node).toList(),
                QuorumOptions.DEFAULTS,
                ClusterOptions.DEFAULTS,
                List.of(Primitive.of("ledger").requires(ProofLevel.SELF_LEASE)),
                List.of(),
                List.of());
    }

    private static NodeSpec node(int id) {
        return NodeSpec.of(id, "n" + id, "10.0.0." + id);
    }

    private static TestCluster together(ClusterPolicy policy) {
        TestCluster cluster = new TestCluster(policy);
        cluster.startAll();
        cluster.ring(policy.nodes().stream().mapToInt(node -> node.id().value()).toArray());
        cluster.run(SECOND);
        return cluster;
    }

    private List<RequestResult> change(TestCluster cluster, int node, UnaryOperator<ClusterPolicy> change) {
        ClusterPolicy before = cluster.node(node).state().policy();
        return cluster.node(node)
                .ask(++requests, new Request.ChangeVoters(before, change.apply(before), "Ada", "for the test"));
    }

    private static void assertQuorate(TestCluster cluster, int... nodes) {
        cluster.nodes
                .values()
                .forEach(node -> assertThat(node.alive && node.state().quorate())
                        .as("node " + node.id)
                        .isEqualTo(IntStream.of(nodes).anyMatch(id -> node.id.equals(NodeId.of(id)))));
    }

    @Test
    void votesAreChangedUnderTheOldAndTheNewRule() {
        TestCluster cluster = together(policy(3));
        List<RequestResult> answers = change(cluster, 2, policy -> policy.withVotes("n1", 3));
        cluster.run(SECOND);

        assertThat(answers).singleElement().isInstanceOf(RequestResult.Applied.class);
        cluster.nodes.values().forEach(node -> {
            assertThat(node.state().voters().change()).isEmpty();
            assertThat(node.state().policy().node("n1").orElseThrow().votes()).isEqualTo(3);
        });
        cluster.ring(1);
        cluster.ring(2, 3);
        cluster.run(SECOND);
        assertQuorate(cluster, 1);
    }

    @Test
    void theyHoldAfterARestartWithTheOldConfiguration() {
        TestCluster cluster = together(policy(3));
        change(cluster, 1, policy -> policy.withVotes("n1", 3));
        cluster.run(SECOND);
        cluster.nodes.values().forEach(TestCluster.TestNode::crash);
        cluster.startAll();
        cluster.ring(1);
        cluster.ring(2, 3);
        cluster.run(SECOND);

        assertQuorate(cluster, 1);
        assertThat(cluster.node(1).events).anyMatch(event -> event.contains("the cluster has [n1 (3 votes), n2, n3]"));
    }

    @Test
    void whoKnowsTheOldRuleAloneIsNotQuorateBesideTheNewOne() {
        TestCluster cluster = together(policy(3));
        cluster.ring(1, 2);
        cluster.ring(3);
        cluster.run(SECOND);
        change(cluster, 1, policy -> policy.withVotes("n1", 2).withVotes("n3", 0));
        cluster.run(SECOND);
        cluster.ring(1);
        cluster.ring(2, 3);
        cluster.run(SECOND);

        assertQuorate(cluster, 1);
    }

    @Test
    void aChangeThatStoppedHalfWayNeedsAQuorumByBothRules() {
        TestCluster cluster = together(policy(5));
        cluster.diskTime = Duration.ofMillis(50);
        change(cluster, 1, policy -> policy.withVotes("n4", 0).withVotes("n5", 0));
        cluster.run(Duration.ofMillis(20));
        assertThat(cluster.node(1).state().voters().change()).isPresent();
        cluster.ring(1, 2);
        cluster.ring(3, 4, 5);
        cluster.run(Duration.ofMillis(500));

        // By the new rule 1 and 2 of 3 would be enough, by the old one 3, 4 and 5 are: they all know of both.
        assertQuorate(cluster);
        cluster.ring(1, 2, 3, 4, 5);
        cluster.run(SECOND);
        assertQuorate(cluster, 1, 2, 3, 4, 5);
        assertThat(cluster.node(1).state().voters().change()).isEmpty();
    }

    @Test
    void aNodeThatWasAwayDuringSeveralChangesCountsByTheLastOne() {
        TestCluster cluster = together(policy(5));
        cluster.ring(1, 2, 3, 4);
        cluster.run(SECOND);
        cluster.node(5).crash();
        for (int last = 5; last > 3; last--) {
            String name = "n" + last;
            change(cluster, 1, policy -> policy.withVotes(name, 0));
            cluster.run(SECOND);
        }
        cluster.node(5).boot();
        cluster.run(Duration.ofMillis(50));
        cluster.ring(1, 2);
        cluster.ring(3, 4, 5);
        cluster.run(SECOND);

        assertQuorate(cluster, 1, 2);
    }

    @Test
    void aNodeIsRemovedWhenNothingRunsThereAndIsForgottenWhenItIsGone() {
        TestCluster cluster = together(policy(3));
        int idle = cluster.node(3).active.isEmpty() ? 3 : 2;
        String name = "n" + idle;
        List<RequestResult> answers = change(cluster, 1, policy -> policy.withoutNode(name));
        cluster.run(SECOND);
        assertThat(answers).singleElement().isInstanceOf(RequestResult.Applied.class);
        assertThat(cluster.node(1).state().policy().node(name)).isEmpty();

        cluster.node(idle).crash();
        cluster.ring(IntStream.of(1, 2, 3).filter(id -> id != idle).toArray());
        cluster.run(SECOND);
        assertThat(cluster.node(1).state().nodes().containsKey(NodeId.of(idle))).isFalse();
        assertThat(cluster.violations).isEmpty();
    }

    @Test
    void aNodeThatMayRunSomethingIsNotRemoved() {
        TestCluster cluster = together(policy(3));
        int holder = IntStream.of(1, 2, 3)
                .filter(id -> !cluster.node(id).active.isEmpty())
                .findFirst()
                .orElseThrow();
        List<RequestResult> answers = change(cluster, holder, policy -> policy.withoutNode("n" + holder));
        cluster.run(SECOND);

        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        RequestResult.Refused.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(
                                        "ledger may still be active on node n" + holder + ": put it on standby first"));
    }

    @Test
    void whoIsLostIsRemovedWhenItIsProvenDown() {
        TestCluster cluster = together(policy(3));
        cluster.node(3).crash();
        cluster.ring(1, 2);
        cluster.run(Duration.ofMillis(100));
        List<RequestResult> early = change(cluster, 1, policy -> policy.withoutNode("n3"));
        cluster.run(Duration.ofMillis(100));
        assertThat(early)
                .singleElement()
                .isInstanceOfSatisfying(
                        RequestResult.Refused.class,
                        refused -> assertThat(refused.reason()).contains("fence it, or confirm that it is down"));

        cluster.node(1).ask(++requests, new Request.ConfirmDown(NodeId.of(3), "Ada", "saw it"));
        List<RequestResult> late =
                change(cluster, 1, policy -> policy.withoutNode("n3").withQuorum(policy.quorum()));
        cluster.run(SECOND);
        assertThat(late).singleElement().isInstanceOf(RequestResult.Applied.class);
        assertThat(cluster.node(2).state().nodes().containsKey(NodeId.of(3))).isFalse();
    }

    @Test
    void anAddedNodeCountsAndHasRunNothing() {
        TestCluster cluster = together(policy(4));
        change(cluster, 1, policy -> policy.withoutNode("n4"));
        cluster.run(SECOND);
        cluster.node(4).kill();
        cluster.ring(1, 2, 3);
        cluster.run(SECOND);
        change(cluster, 1, policy -> policy.withNode(node(4)));
        cluster.run(SECOND);

        assertThat(cluster.node(1).state().node(NodeId.of(4)).presence()).isEqualTo(Presence.LEFT_CLEANLY);
        cluster.ring(1, 2);
        cluster.ring(3);
        cluster.run(SECOND);
        assertQuorate(cluster);
    }

    @Test
    void whatWouldLeaveThoseWhoAreHereWithoutQuorumIsRefused() {
        TestCluster cluster = together(policy(3));
        cluster.node(3).crash();
        cluster.ring(1, 2);
        cluster.run(SECOND);
        List<RequestResult> answers = change(cluster, 1, policy -> policy.withVotes("n3", 3));
        cluster.run(SECOND);

        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        RequestResult.Refused.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(
                                        "those who are here would not be quorate afterwards: 2 of 5 votes present, 3 needed;"
                                                + " start the nodes that are missing first"));
    }

    @Test
    void newcomersFoundNoClusterOfTheirOwn() {
        TestCluster cluster = new TestCluster(policy(3));
        cluster.node(2).newcomer = true;
        cluster.node(3).newcomer = true;
        cluster.startAll();
        cluster.ring(2, 3);
        cluster.run(SECOND);

        assertQuorate(cluster);
    }
}
