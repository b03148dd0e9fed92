package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.SimulatedNode.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One rule at a time, on a quiet network in virtual time. */
class RingBehaviourTest {

    private static final long MILLI = 1_000_000L;

    private static RingConfig config(int size) {
        return RingConfig.builder()
                .nodes(IntStream.rangeClosed(1, size).mapToObj(NodeId::of).toList())
                .build();
    }

    private static SimulatedCluster settledCluster(int size) {
        SimulatedCluster cluster = new SimulatedCluster(config(size), 1);
        IntStream.rangeClosed(1, size).forEach(cluster::boot);
        assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
        return cluster;
    }

    private static List<RegularConfiguration> regulars(SimulatedNode node) {
        return node.history.stream()
                .filter(History.Regular.class::isInstance)
                .map(h -> ((History.Regular) h).configuration())
                .toList();
    }

    private static List<String> delivered(SimulatedNode node) {
        return node.history.stream()
                .filter(History.Delivered.class::isInstance)
                .map(h -> ((History.Delivered) h).text())
                .toList();
    }

    /** Virtual milliseconds until node 1 has a ring of so many members. */
    private static double millisUntilSize(SimulatedCluster cluster, int size) {
        long start = cluster.now();
        while (cluster.node(1).ring.report().members().size() != size) {
            cluster.run(100_000);
            assertThat(cluster.now() - start).isLessThan(10_000 * MILLI);
        }
        return (cluster.now() - start) / 1e6;
    }

    /** Who has just agreed with some hears of others while the commit token is on its way to him. */
    @Test
    void nodesThatStartAMomentApartLoseNoTokenTimeout() {
        for (int seed = 1; seed <= 30; seed++) {
            SimulatedCluster cluster = new SimulatedCluster(config(8), seed);
            SplittableRandom random = new SplittableRandom(seed);
            for (int n = 8; n >= 1; n--) {
                cluster.boot(n);
                cluster.run(random.nextLong(MILLI));
            }
            assertThat(millisUntilSize(cluster, 8)).as("seed %d", seed).isLessThan(1_000);
        }
    }

    @Test
    void oneNodeAloneOrdersAndVisits() {
        SimulatedCluster cluster = settledCluster(1);
        long visits = cluster.visits;
        cluster.node(1).submit(DeliveryGuarantee.SAFE, Lane.CONTROL, 10);
        cluster.run(2 * MILLI);
        assertThat(delivered(cluster.node(1))).containsExactly("1/1/1");
        cluster.run(1_800 * MILLI);
        assertThat(cluster.visits - visits).isBetween(10L, 40L);
    }

    @Test
    void idleRingSendsOnePacketPerMemberAndHold() {
        SimulatedCluster cluster = settledCluster(3);
        long packets = cluster.packets;
        cluster.run(18_000 * MILLI);
        assertThat(cluster.packets - packets).isBetween(280L, 305L);
    }

    @Test
    void submissionOnAnIdleRingDoesNotWaitForTheHold() {
        SimulatedCluster cluster = settledCluster(3);
        for (int n = 1; n <= 3; n++) {
            cluster.run(500 * MILLI);
            cluster.node(n).submit(DeliveryGuarantee.AGREED, Lane.CONTROL, 100);
            cluster.run(2 * MILLI);
            assertThat(delivered(cluster.node(1))).hasSize(n);
        }
    }

    /** A request, a loan: two hops of at most 150 microseconds, however large the ring is. */
    @Test
    void whoAsksForAnIdleTokenHasItTwoHopsLater() {
        SimulatedCluster cluster = settledCluster(8);
        for (int n : List.of(5, 2, 7, 6, 8, 1, 1)) {
            cluster.run(100 * MILLI);
            int before = delivered(cluster.node(n)).size();
            cluster.node(n).submit(DeliveryGuarantee.AGREED, Lane.CONTROL, 100);
            cluster.run(305_000);
            assertThat(delivered(cluster.node(n))).as("at %s", n).hasSize(before + 1);
        }
        cluster.run(100 * MILLI);
        assertThat(delivered(cluster.node(4))).hasSize(7).isEqualTo(delivered(cluster.node(3)));
        new EvsChecker(cluster.boots).check();
    }

    /** What was lent proves nothing about those whom the token has not visited since. */
    @Test
    void aBorrowedTokenMakesNothingSafe() {
        SimulatedCluster cluster = settledCluster(4);
        cluster.node(1).submit(DeliveryGuarantee.AGREED, Lane.CONTROL, 100);
        cluster.run(100 * MILLI);
        cluster.cut(3, 4);
        cluster.node(3).submit(DeliveryGuarantee.SAFE, Lane.CONTROL, 100);
        cluster.run(400 * MILLI);
        assertThat(delivered(cluster.node(3))).as("node 4 does not have it").hasSize(1);
        cluster.heal();
        cluster.run(3_000 * MILLI);
        assertThat(delivered(cluster.node(4))).isEqualTo(delivered(cluster.node(3)));
        new EvsChecker(cluster.boots).check();
    }

    @Test
    void refusedPeerIsGoneInMilliseconds() {
        for (int victim = 1; victim <= 3; victim++) {
            SimulatedCluster cluster = settledCluster(3);
            cluster.crash(victim);
            int survivor = victim == 1 ? 2 : 1;
            long start = cluster.now();
            while (cluster.node(survivor).ring.report().members().size() != 2) {
                cluster.run(100_000);
            }
            assertThat((cluster.now() - start) / 1e6).as("victim %s", victim).isLessThan(25 + 10);
        }
    }

    @Test
    void silentPeerIsGoneSoonAfterTheTokenTimeout() {
        for (int size = 2; size <= 4; size++) {
            SimulatedCluster cluster = settledCluster(size);
            cluster.refusals = false;
            cluster.crash(size);
            assertThat(millisUntilSize(cluster, size - 1)).isBetween(800.0, 1_000.0 + 180 + 50);
        }
    }

    @Test
    void loneRefusalDoesNotCostTheMembership() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.node(1).call(r -> r.refused(NodeId.of(2), cluster.now()));
        cluster.run(200 * MILLI);
        assertThat(cluster.settled()).isTrue();
        int rings = regulars(cluster.node(1)).size();
        cluster.node(1).call(r -> r.refused(NodeId.of(2), cluster.now()));
        cluster.run(200 * MILLI);
        assertThat(regulars(cluster.node(1))).as("fast path is closed now").hasSize(rings);
    }

    /** As with handshakes that take their time: two nodes can talk already, the third hears of it from one of them. */
    @Test
    void peerThatComesBackIsNotSuspectedByThoseWhoHearOfItFromOthers() {
        for (int victim = 1; victim <= 3; victim++) {
            SimulatedCluster cluster = settledCluster(3);
            cluster.crash(victim);
            cluster.run(3_000 * MILLI);
            cluster.cut(victim, victim == 3 ? 2 : 3);
            cluster.boot(victim);
            cluster.run(60 * MILLI);
            cluster.heal();
            assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
            cluster.nodes
                    .values()
                    .forEach(node -> assertThat(node.ring.report().counters())
                            .as("at %s", node.id)
                            .doesNotContainKey("false suspicion"));
        }
    }

    @Test
    void whatKeepsARingFromFormingIsCounted() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.lose = (from, to, message) ->
                message instanceof Token || (message instanceof JoinMessage && isFrom3To1(from, to));
        cluster.run(5_000 * MILLI);
        assertThat(counted(cluster))
                .contains("consensus timeout", "gather token lost", "recovery token lost")
                .doesNotContain("commit token lost");
        cluster.lose = (from, to, message) -> message instanceof CommitToken;
        cluster.run(5_000 * MILLI);
        assertThat(counted(cluster)).contains("commit token lost");
    }

    private static boolean isFrom3To1(NodeId from, NodeId to) {
        return from.equals(NodeId.of(3)) && to.equals(NodeId.of(1));
    }

    private static Set<String> counted(SimulatedCluster cluster) {
        return cluster.nodes.values().stream()
                .flatMap(node -> node.ring.report().counters().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void cleanLeaveIsSeenAsSuchByAll() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.node(3).submit(DeliveryGuarantee.AGREED, Lane.BULK, 10);
        cluster.node(3).call(r -> r.leave(cluster.now()));
        cluster.run(30 * MILLI);
        for (int n = 1; n <= 2; n++) {
            RegularConfiguration last =
                    regulars(cluster.node(n)).get(regulars(cluster.node(n)).size() - 1);
            assertThat(last.left()).containsExactly(NodeId.of(3));
            assertThat(last.leftCleanly()).containsExactly(NodeId.of(3));
        }
        assertThat(cluster.node(3).over).isTrue();
        assertThat(cluster.node(3).history).contains(new History.Lost(1));
    }

    @Test
    void restartedNodeUsesHigherRingIds() {
        SimulatedCluster cluster = settledCluster(3);
        long before = regulars(cluster.node(2)).get(0).ring().sequence();
        cluster.crash(2);
        cluster.run(100 * MILLI);
        cluster.boot(2);
        assertThat(cluster.runUntilSettled(5_000 * MILLI)).isTrue();
        assertThat(regulars(cluster.node(2)).get(0).ring().sequence()).isGreaterThan(before + 1_000);
        new EvsChecker(cluster.boots).check();
    }

    @Test
    void partitionedRingsMergeAndNobodyIsMissed() {
        SimulatedCluster cluster = settledCluster(4);
        cluster.partition(Set.of(1, 2));
        cluster.run(3_000 * MILLI);
        assertThat(cluster.node(1).ring.report().members()).hasSize(2);
        assertThat(cluster.node(3).ring.report().members()).hasSize(2);
        cluster.heal();
        assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
        new EvsChecker(cluster.boots).check();
    }

    @Test
    void messagesOfAMebibyteArriveWhole() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.node(2).submit(DeliveryGuarantee.SAFE, Lane.BULK, 1 << 20);
        cluster.node(2).submit(DeliveryGuarantee.AGREED, Lane.MEMBERSHIP, 10);
        cluster.run(3_000 * MILLI);
        assertThat(delivered(cluster.node(3))).containsExactly("2/1/2", "2/1/1");
    }

    @Test
    void lossIsRepaired() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.loss = 0.05;
        for (int i = 0; i < 500; i++) {
            cluster.node(1 + i % 3).submit(DeliveryGuarantee.AGREED, Lane.CONTROL, 700);
        }
        cluster.run(10_000 * MILLI);
        cluster.heal();
        assertThat(cluster.runUntilSettled(5_000 * MILLI)).isTrue();
        assertThat(delivered(cluster.node(1))).hasSize(500).isEqualTo(delivered(cluster.node(2)));
    }

    @Test
    void closedWindowStopsNewMessagesOfAll() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.node(2).call(r -> r.advertiseWindow(0));
        cluster.run(1_000 * MILLI);
        cluster.node(1).submit(DeliveryGuarantee.AGREED, Lane.CONTROL, 10);
        long packets = cluster.packets;
        cluster.run(1_800 * MILLI);
        assertThat(delivered(cluster.node(3))).isEmpty();
        assertThat(cluster.packets - packets).as("no hurry meanwhile").isLessThan(100);
        cluster.node(2).call(r -> r.advertiseWindow(1));
        cluster.run(5 * MILLI);
        assertThat(delivered(cluster.node(3))).containsExactly("1/1/1");
    }

    @Test
    void aNodeIsDrainedWhenEverybodyHasWhatItSent() {
        SimulatedCluster cluster = settledCluster(3);
        TotemRing ring = cluster.node(1).ring;
        assertThat(ring.isDrained()).isTrue();
        cluster.loss = 1;
        cluster.node(1).submit(DeliveryGuarantee.AGREED, Lane.CONTROL, 10);
        cluster.run(200 * MILLI);
        assertThat(ring.isDrained()).isFalse();
        cluster.heal();
        assertThat(cluster.runUntilSettled(5_000 * MILLI)).isTrue();
        assertThat(ring.isDrained()).isTrue();
    }

    @Test
    void fullLaneSaysSo() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.node(1).call(r -> r.advertiseWindow(0));
        cluster.run(500 * MILLI);
        List<Submission> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(
                    cluster.node(1).ring.submit(Lane.BULK, DeliveryGuarantee.AGREED, new byte[1 << 20], cluster.now()));
        }
        assertThat(answers.get(3)).isEqualTo(new Submission.Accepted(4));
        assertThat(answers.get(4)).isEqualTo(new Submission.WouldBlock());
        assertThat(cluster.node(1)
                        .ring
                        .submit(Lane.BULK, DeliveryGuarantee.AGREED, new byte[(1 << 20) + 1], cluster.now()))
                .isEqualTo(new Submission.WouldBlock());
    }

    @Test
    void frozenNodeIsLeftAndComesBackWithoutHarm() {
        SimulatedCluster cluster = settledCluster(3);
        cluster.pause(3, 3_000 * MILLI);
        cluster.run(2_900 * MILLI);
        assertThat(cluster.node(1).ring.report().members()).hasSize(2);
        assertThat(cluster.runUntilSettled(5_000 * MILLI)).isTrue();
        new EvsChecker(cluster.boots).check();
    }

    @Test
    void slowDiskDelaysTheRingAndARefusingOneEndsIt() {
        SimulatedCluster cluster = new SimulatedCluster(config(2), 1);
        cluster.diskDelay = 30_000 * MILLI;
        cluster.boot(1);
        cluster.run(30_000 * MILLI);
        assertThat(cluster.node(1).over || !cluster.node(1).history.isEmpty()).isTrue();
        cluster.diskFails = true;
        cluster.boot(2);
        cluster.run(100_000 * MILLI);
        assertThat(cluster.node(2).over).isTrue();
    }

    @Test
    void configurationNamesAllViolations() {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> RingConfig.builder()
                        .tokenTimeout(Duration.ofMillis(1))
                        .limits(RingLimits.DEFAULTS.withMaxPacketBytes(1))
                        .build())
                .withMessageContaining("nodes")
                .withMessageContaining("tokenTimeout")
                .withMessageContaining("maxPacketBytes");
    }
}
