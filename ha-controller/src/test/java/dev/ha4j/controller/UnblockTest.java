package dev.ha4j.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.controller.QuorumWord.CancelWaitForAll;
import dev.ha4j.controller.QuorumWord.Unblock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An operator lets those go on who have no quorum: only while nothing speaks for the others, for a time, and for good. */
final class UnblockTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(11);
    private static final Duration HOUR = Duration.ofHours(1);

    /** When nothing that these tests have is over yet. */
    private static final long WALL_MILLIS = 1_015_000;

    private static ClusterPolicy policy(int nodes, QuorumOptions quorum, List<FencePath> fencing) {
        return new ClusterPolicy(
                "test",
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(id -> NodeSpec.of(id, "n" + id, "10.0.0." + id))
                        .toList(),
                quorum,
                ClusterOptions.DEFAULTS,
                List.of(Primitive.of("ledger").requires(ProofLevel.SELF_LEASE)),
                List.of(),
                fencing);
    }

    private static TestCluster together(ClusterPolicy policy) {
        TestCluster cluster = new TestCluster(policy);
        cluster.startAll();
        cluster.ring(policy.nodes().stream().mapToInt(node -> node.id().value()).toArray());
        cluster.run(SECOND);
        return cluster;
    }

    private static TestCluster together() {
        return together(policy(3, QuorumOptions.DEFAULTS, List.of()));
    }

    private static void lost(TestCluster cluster, int... nodes) {
        IntStream.of(nodes).forEach(node -> cluster.node(node).crash());
    }

    private static List<RequestResult> say(TestCluster cluster, int node, QuorumWord word) {
        List<RequestResult> results = new ArrayList<>();
        cluster.node(node).controller.say(word, results::add);
        cluster.run(SECOND);
        return results;
    }

    private static Unblock unblock(Duration length, boolean forced, int... declared) {
        TreeSet<NodeId> nodes = new TreeSet<>();
        IntStream.of(declared).forEach(node -> nodes.add(NodeId.of(node)));
        return new Unblock(nodes, length, forced, "Ada", "the rack burnt", WALL_MILLIS);
    }

    private static void assertRefused(List<RequestResult> results, String because) {
        assertThat(results)
                .singleElement()
                .isInstanceOfSatisfying(
                        RequestResult.Refused.class,
                        refused -> assertThat(refused.reason()).contains(because));
    }

    private static void assertApplied(List<RequestResult> results) {
        assertThat(results).singleElement().isInstanceOf(RequestResult.Applied.class);
    }

    private static boolean quorate(TestCluster cluster, int node) {
        return cluster.node(node).state().quorate();
    }

    /** The first goes on alone, and the others are off. */
    private static TestCluster unblocked(Duration length) {
        TestCluster cluster = together();
        lost(cluster, 2, 3);
        cluster.ring(1);
        cluster.run(QUIET);
        assertApplied(say(cluster, 1, unblock(length, false, 2, 3)));
        return cluster;
    }

    @Test
    void whoIsLeftGoesOnAndWhatWasSaidIsKept() {
        TestCluster cluster = unblocked(HOUR);
        ClusterState state = cluster.node(1).state();

        assertThat(state.quorate()).isTrue();
        assertThat(state.voters().unblocking().orElseThrow().by()).isEqualTo("Ada (the rack burnt)");
        assertThat(state.voters().words())
                .singleElement()
                .satisfies(word -> assertThat(word.what()).contains("nodes 2, 3 are down"));
        assertThat(state.fencing().history().values().toList())
                .extracting(record -> record.outcome())
                .containsOnly(FenceOutcome.CONFIRMED_BY_HUMAN);
        assertThat(cluster.node(1).events).anyMatch(event -> event.startsWith("goes on at the word of Ada"));
        cluster.run(SECOND);
        assertThat(cluster.holders()).containsEntry("ledger", 1L);
        assertThat(cluster.violations).isEmpty();
    }

    @Test
    void tokensLeapSoThatThoseOfTheOthersAreOld() {
        TestCluster cluster = together();
        lost(cluster, 2, 3);
        cluster.ring(1);
        cluster.run(QUIET);
        long before = cluster.node(1).state().terms().lastToken();
        say(cluster, 1, unblock(HOUR, false, 2, 3));

        assertThat(cluster.node(1).state().terms().lastToken()).isGreaterThan(before + 1_000_000_000L);
    }

    @Test
    void itIsRefusedWhileThereIsAQuorum() {
        TestCluster cluster = together();
        lost(cluster, 3);
        cluster.ring(1, 2);
        cluster.run(QUIET);

        assertRefused(say(cluster, 1, unblock(HOUR, true, 3)), "there is a quorum");
    }

    @Test
    void itIsRefusedForAWhileAfterTheyWereTogether() {
        TestCluster cluster = together();
        lost(cluster, 2, 3);
        cluster.ring(1);
        cluster.run(SECOND);

        assertRefused(say(cluster, 1, unblock(HOUR, false, 2, 3)), "was in a ring with it");
        assertThat(quorate(cluster, 1)).isFalse();
    }

    @Test
    void itIsRefusedIfAnyMemberHearsOneOfThem() {
        TestCluster cluster = together(policy(5, QuorumOptions.DEFAULTS, List.of()));
        lost(cluster, 3, 4, 5);
        cluster.ring(1, 2);
        cluster.run(QUIET);
        cluster.node(2).heard.add(NodeId.of(5));

        assertRefused(say(cluster, 1, unblock(HOUR, false, 3, 4, 5)), "node 5 may be alive: it answers node 2");
    }

    @Test
    void itIsRefusedIfAFenceDeviceHasNotConfirmed() {
        FencePath power = new FencePath("bmc", new TreeSet<>(List.of("n2", "n3")), ProofLevel.POWER_VERIFIED, SECOND);
        TestCluster cluster = together(policy(3, QuorumOptions.DEFAULTS, List.of(power)));
        lost(cluster, 2, 3);
        cluster.ring(1);
        cluster.run(QUIET);
        assertRefused(say(cluster, 1, unblock(HOUR, false, 2, 3)), "fence it");

        cluster.fenceAnswer = (node, order) -> TestCluster.off();
        for (int lost : new int[] {2, 3}) {
            Request.Fence order = new Request.Fence(NodeId.of(lost), "Ada", "the rack burns");
            cluster.node(1).controller.fence(new RequestId(1, 100 + lost), order, answer -> {});
        }
        cluster.run(SECOND);
        assertApplied(say(cluster, 1, unblock(HOUR, false, 2, 3)));
        assertThat(cluster.node(1).state().node(NodeId.of(2)).proof().level()).isEqualTo(ProofLevel.POWER_VERIFIED);
    }

    @Test
    void nobodyWhoIsHereCanBeDeclaredDownEvenByForce() {
        TestCluster cluster = together(policy(5, QuorumOptions.DEFAULTS, List.of()));
        lost(cluster, 3, 4, 5);
        cluster.ring(1, 2);
        cluster.run(SECOND);

        assertRefused(say(cluster, 1, unblock(HOUR, true, 2, 3, 4, 5)), "nodes [2] are here");
        assertRefused(say(cluster, 1, unblock(HOUR, true, 3, 9)), "nodes [9] are not configured");
    }

    @Test
    void itIsRefusedIfThereWouldStillBeNoQuorum() {
        TestCluster cluster = together(policy(5, QuorumOptions.DEFAULTS, List.of()));
        lost(cluster, 2, 3, 4, 5);
        cluster.ring(1);
        cluster.run(QUIET);

        assertRefused(say(cluster, 1, unblock(HOUR, false, 4, 5)), "still be no quorum");
    }

    @Test
    void byForceItHoldsThoughTheyMayBeAlive() {
        TestCluster cluster = together();
        lost(cluster, 2, 3);
        cluster.ring(1);
        cluster.run(SECOND);

        assertApplied(say(cluster, 1, unblock(HOUR, true, 2, 3)));
        assertThat(cluster.node(1).state().voters().unblocking().orElseThrow().forced())
                .isTrue();
        assertThat(cluster.node(1).state().voters().words().get(0).what()).contains("forced");
    }

    @Test
    void itHoldsOverARestart() {
        TestCluster cluster = unblocked(HOUR);
        cluster.node(1).crash();
        cluster.node(1).boot();
        cluster.run(SECOND);
        cluster.ring(1);
        cluster.run(SECOND);

        assertThat(quorate(cluster, 1)).isTrue();
    }

    @Test
    void whenItsTimeIsOverThereIsNoQuorumUntilAMajorityIsBack() {
        TestCluster cluster = unblocked(Duration.ofSeconds(5));
        cluster.run(Duration.ofSeconds(10));
        assertThat(quorate(cluster, 1)).isFalse();
        assertThat(cluster.holders()).isEmpty();

        cluster.node(2).boot();
        cluster.run(SECOND);
        cluster.ring(1, 2);
        cluster.run(SECOND);
        assertThat(quorate(cluster, 2)).isTrue();
        assertThat(cluster.node(2).state().voters().isUnblocked()).isFalse();
    }

    @Test
    void itCanBeProlonged() {
        TestCluster cluster = unblocked(Duration.ofSeconds(5));
        List<RequestResult> answers =
                cluster.node(1).ask(1, new Request.ProlongUnblocking(HOUR, "Ada", "the disks are still wet"));
        cluster.run(Duration.ofSeconds(20));

        assertApplied(answers);
        assertThat(quorate(cluster, 1)).isTrue();
        assertThat(cluster.node(1).state().voters().words()).hasSize(2);
    }

    @Test
    void whoComesBackTakesTheirStateEvenWithALaterEpoch() {
        TestCluster cluster = together();
        cluster.ring(1);
        cluster.ring(2, 3);
        cluster.run(SECOND);
        cluster.ring(2, 3);
        cluster.run(SECOND);
        cluster.node(2).ask(1, new Request.SetAttribute(NodeId.of(2), "side", Optional.of("theirs")));
        cluster.run(SECOND);
        long theirEpoch = cluster.node(2).state().version().epoch();
        lost(cluster, 2, 3);
        cluster.run(QUIET);
        assertApplied(say(cluster, 1, unblock(HOUR, false, 2, 3)));
        assertThat(cluster.node(1).state().version().epoch()).isLessThan(theirEpoch);
        cluster.node(1).ask(2, new Request.SetAttribute(NodeId.of(1), "side", Optional.of("ours")));
        cluster.run(SECOND);

        cluster.node(2).boot();
        cluster.node(3).boot();
        cluster.run(SECOND);
        cluster.ring(1, 2, 3);
        cluster.run(Duration.ofSeconds(2));

        ClusterState state = cluster.node(3).state();
        assertThat(state.node(NodeId.of(1)).attributes()).containsEntry("side", "ours");
        assertThat(state.node(NodeId.of(2)).attributes()).doesNotContainKey("side");
        assertThat(state.voters().excused()).isEmpty();
        assertThat(state.voters().unblocking()).isEmpty();
        assertThat(quorate(cluster, 3)).isTrue();
    }

    @Test
    void aDeviceHasNoVoteMeanwhile() {
        QuorumOptions quorum = QuorumOptions.DEFAULTS.withDevice(QuorumDeviceOptions.DEFAULTS.withVotes(1));
        TestCluster cluster = together(policy(2, quorum, List.of()));
        lost(cluster, 2);
        cluster.ring(1);
        cluster.run(Duration.ofSeconds(40));
        assertThat(quorate(cluster, 1)).isFalse();

        assertApplied(say(cluster, 1, unblock(HOUR, false, 2)));
        assertThat(quorate(cluster, 1)).isTrue();
    }

    @Test
    void waitingForAllIsCancelledOnlyForAMajority() {
        ClusterPolicy policy = policy(3, QuorumOptions.DEFAULTS.withWaitForAll(), List.of());
        TestCluster cluster = new TestCluster(policy);
        cluster.node(1).boot();
        cluster.node(2).boot();
        cluster.run(SECOND);
        cluster.ring(1);
        cluster.ring(2);
        cluster.run(SECOND);
        assertRefused(say(cluster, 1, new CancelWaitForAll("Ada", "3 is sold")), "still be no quorum");
        cluster.ring(1, 2);
        cluster.run(SECOND);
        assertThat(quorate(cluster, 1)).isFalse();

        assertApplied(say(cluster, 2, new CancelWaitForAll("Ada", "3 is sold")));
        assertThat(quorate(cluster, 1)).isTrue();
        assertThat(cluster.node(1).state().voters().words())
                .singleElement()
                .satisfies(word -> assertThat(word.by()).isEqualTo("Ada (3 is sold)"));
    }

    @Test
    void whatAQuorumAcknowledgedStaysNewerThanAWordThatIsCutShort() {
        QuorumOptions quorum = QuorumOptions.DEFAULTS.withTieBreaker(TieBreaker.LOWEST);
        TestCluster cluster = together(policy(4, quorum, List.of()));
        lost(cluster, 4);
        cluster.ring(1, 2, 3);
        cluster.run(SECOND);
        cluster.node(1).ask(1, new Request.SetAttribute(NodeId.of(1), "side", Optional.of("theirs")));
        cluster.run(SECOND);
        lost(cluster, 1, 2, 3);
        cluster.node(4).boot();
        cluster.run(SECOND);
        cluster.ring(4);
        cluster.run(QUIET);

        cluster.node(1).boot();
        cluster.run(SECOND);
        cluster.diskTime = SECOND;
        cluster.node(4).controller.say(unblock(HOUR, false, 1, 2, 3), answer -> {});
        cluster.run(SECOND.dividedBy(2));
        cluster.ring(1, 4);
        cluster.run(Duration.ofSeconds(5));

        ClusterState state = cluster.node(4).state();
        assertThat(quorate(cluster, 4)).isTrue();
        assertThat(state.version().era()).isZero();
        assertThat(state.node(NodeId.of(1)).attributes()).containsEntry("side", "theirs");
    }

    @Test
    void whoWaitsForAllStillWaitsForThoseWhoAreNotDeclared() {
        QuorumOptions quorum =
                QuorumOptions.DEFAULTS.withTieBreaker(TieBreaker.LOWEST).withWaitForAll();
        TestCluster cluster = together(policy(5, quorum, List.of()));
        lost(cluster, 1, 2, 3, 4, 5);
        cluster.node(1).boot();
        cluster.run(SECOND);
        cluster.ring(1);
        cluster.run(QUIET);

        assertRefused(say(cluster, 1, unblock(HOUR, false, 2, 3, 5)), "still waiting for all: nodes 4");
        assertApplied(say(cluster, 1, unblock(HOUR, false, 2, 3, 4, 5)));
    }

    @Test
    void nobodySaysItWithoutAName() {
        assertThatThrownBy(() -> new Unblock(new TreeSet<>(List.of(NodeId.of(1))), HOUR, false, "", "x", 0))
                .hasMessageContaining("operator's name");
        assertThatThrownBy(() -> unblock(Duration.ofDays(30), false, 2)).hasMessageContaining("7 days");
        assertThatThrownBy(() -> unblock(HOUR, false)).hasMessageContaining("name the nodes");
    }
}
