package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.SimulatedNode.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The token of a ring in which somebody sends now and then. */
class LingeringTokenTest {

    private static final int SIZE = 8;
    private static final long MILLI = 1_000_000L;
    private static final long LONGEST_HOP = 150_000L;

    private final SimulatedCluster cluster = new SimulatedCluster(
            RingConfig.builder()
                    .nodes(IntStream.rangeClosed(1, SIZE).mapToObj(NodeId::of).toList())
                    .build(),
            1);
    private final long linger = cluster.config().nanos(RingTime.LINGER);
    private final List<Long> visitsOfLast = new ArrayList<>();
    private long tokens;

    LingeringTokenTest() {
        IntStream.rangeClosed(1, SIZE).forEach(cluster::boot);
        assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
        cluster.lose = (from, to, message) -> {
            if (message instanceof Token) {
                tokens++;
                if (to.value() == SIZE) {
                    visitsOfLast.add(cluster.now());
                }
            }
            return false;
        };
    }

    private static List<String> delivered(SimulatedNode node) {
        return node.history.stream()
                .filter(History.Delivered.class::isInstance)
                .map(h -> ((History.Delivered) h).text())
                .toList();
    }

    private void submit(int node) {
        cluster.node(node).submit(DeliveryGuarantee.AGREED, Lane.CONTROL, 100);
    }

    private void everybodySendsInTurn(int messages) {
        for (int i = 0; i < messages; i++) {
            submit(1 + i * 5 % SIZE);
            cluster.run(MILLI);
        }
    }

    @Test
    void whoAsksForItHasItTwoHopsLaterFromWhoeverSentLast() {
        for (int n : List.of(5, 2, 7, 6, 8, 1, 1, 3, 4, 8)) {
            int before = delivered(cluster.node(n)).size();
            submit(n);
            cluster.run(2 * LONGEST_HOP);
            assertThat(delivered(cluster.node(n))).as("at %s", n).hasSize(before + 1);
            cluster.run(LONGEST_HOP);
        }
        cluster.run(100 * MILLI);
        new EvsChecker(cluster.boots).check();
    }

    @Test
    void twoWhoAskAtOnceHaveItOneAfterTheOther() {
        cluster.minDelay = LONGEST_HOP;
        submit(3);
        cluster.run(MILLI);
        submit(5);
        submit(7);
        cluster.run(3 * LONGEST_HOP);
        assertThat(delivered(cluster.node(5))).contains("5/1/1");
        assertThat(delivered(cluster.node(7))).contains("7/1/1");
    }

    @Test
    void aRequestThatIsLostIsRepeated() {
        cluster.run(1_000 * MILLI);
        int[] lost = {0};
        cluster.lose = (from, to, message) -> message instanceof HoldCancel && lost[0]++ == 0;
        submit(6);
        cluster.run(2 * MILLI);
        assertThat(lost[0]).isEqualTo(2);
        assertThat(delivered(cluster.node(6))).hasSize(1);
    }

    @Test
    void messagesDoNotCostRotations() {
        tokens = 0;
        everybodySendsInTurn(100);
        assertThat(tokens).as("rotations of eight hops").isLessThan(100 * MILLI / linger * SIZE * 3 / 2);
        assertThat(delivered(cluster.node(1))).hasSize(100);
    }

    /** Lease and token timeout count on it: it is late by no more than the members may keep it, in one round and in the next. */
    @Test
    void itGoesRoundHoweverOftenSomebodySends() {
        visitsOfLast.clear();
        everybodySendsInTurn(200);
        long longest = 0;
        for (int i = 1; i < visitsOfLast.size(); i++) {
            longest = Math.max(longest, visitsOfLast.get(i) - visitsOfLast.get(i - 1));
        }
        long messagesMeanwhile = 2 * linger / MILLI + 1;
        assertThat(longest).isLessThan(2 * linger + (SIZE + 3 * messagesMeanwhile) * LONGEST_HOP);
    }

    /** A loan in between proves nothing of those whom the token has not visited since. */
    @Test
    void leasesCountFromTheFirstSendingInTurn() {
        cluster.minDelay = LONGEST_HOP;
        Set<NodeId> inTurn = new HashSet<>();
        Map<NodeId, Long> sentAt = new HashMap<>();
        cluster.lose = (from, to, message) -> {
            if ((message instanceof Token || message instanceof TokenLoan) && inTurn.remove(from)) {
                sentAt.put(from, cluster.now() - LONGEST_HOP);
            }
            if (message instanceof Token) {
                inTurn.add(to);
            }
            return false;
        };
        int[] judged = {0};
        cluster.boots.forEach(node -> node.uponVisit = visit -> {
            if (sentAt.containsKey(node.id)) {
                assertThat(visit.previousFirstSentAtNanos()).isEqualTo(sentAt.get(node.id));
                judged[0]++;
            }
        });
        everybodySendsInTurn(300);
        assertThat(judged[0]).isGreaterThan(20 * SIZE);
    }

    @Test
    void safeMessagesDoNotWaitForIt() {
        everybodySendsInTurn(10);
        cluster.node(4).submit(DeliveryGuarantee.SAFE, Lane.CONTROL, 100);
        cluster.run((2 + 3 * SIZE) * LONGEST_HOP);
        cluster.boots.forEach(
                boot -> assertThat(delivered(boot)).as("%s", boot.id).hasSize(11));
    }

    @Test
    void aGapThatTheNextMessageShowsIsClosedAtOnce() {
        everybodySendsInTurn(10);
        cluster.cut(2, 6);
        submit(2);
        cluster.run(2 * LONGEST_HOP);
        cluster.heal();
        submit(3);
        cluster.run(5 * SIZE * LONGEST_HOP);
        assertThat(delivered(cluster.node(6))).hasSize(12);
    }

    @Test
    void aGapAtTheEndIsClosedWhenTheTokenGoesRound() {
        everybodySendsInTurn(10);
        cluster.cut(2, 6);
        submit(2);
        cluster.run(2 * LONGEST_HOP);
        cluster.heal();
        cluster.run(2 * linger + 5 * SIZE * LONGEST_HOP);
        assertThat(delivered(cluster.node(6))).hasSize(11);
    }

    @Test
    void whatAnApplicationAnswersIsSentAtOnce() {
        int[] left = {20};
        cluster.node(4).uponDelivery = () -> {
            if (left[0]-- > 0) {
                submit(4);
            }
        };
        submit(4);
        cluster.run(2 * LONGEST_HOP + 100_000);
        assertThat(delivered(cluster.node(4))).hasSize(21);
    }
}
