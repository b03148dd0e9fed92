package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A member that has passed the token on sends what it has given sequences to before. */
class AcceleratedRingTest {

    private static final long MILLI = 1_000_000L;
    private static final int MESSAGES = 120;

    @Test
    void theTokenOvertakesWhatWasPostponed() {
        SimulatedCluster cluster = settled(20);
        long[] highest = {0};
        List<Long> overtaken = new ArrayList<>();
        cluster.lose = (from, to, message) -> {
            if (message instanceof Token token && to.equals(NodeId.of(2))) {
                highest[0] = Math.max(highest[0], token.sequence());
            } else if (message instanceof RegularMessage regular
                    && to.equals(NodeId.of(2))
                    && regular.sequence() <= highest[0]) {
                overtaken.add(regular.sequence());
            }
            return false;
        };
        flood(cluster);
        assertThat(overtaken).isNotEmpty();
    }

    /** Every visit is asked for what is missing; what is only late is not. */
    @Test
    void nobodyAsksForWhatIsStillUnderWay() {
        SimulatedCluster cluster = settled(20);
        TreeMap<Long, Integer> copies = new TreeMap<>();
        cluster.lose = (from, to, message) -> {
            if (message instanceof RegularMessage regular && to.equals(NodeId.of(3))) {
                copies.merge(regular.sequence(), 1, Integer::sum);
            }
            return false;
        };
        flood(cluster);
        assertThat(copies.values()).hasSizeGreaterThan(MESSAGES / 2).allMatch(count -> count == 1);
    }

    @Test
    void whatIsLostComesAgain() {
        SimulatedCluster cluster = settled(20);
        cluster.loss = 0.1;
        flood(cluster);
        cluster.loss = 0;
        assertThat(cluster.runUntilSettled(5_000 * MILLI)).isTrue();
        new EvsChecker(cluster.boots).check();
        cluster.boots.forEach(
                boot -> assertThat(boot.history.stream().filter(SimulatedNode.History.Delivered.class::isInstance))
                        .hasSize(MESSAGES));
    }

    /** Its own message, which nobody would ever get if it still waited to be sent. */
    @Test
    void whatALeaverHasDeliveredTheOthersDeliverToo() {
        SimulatedCluster cluster = settled(20);
        SimulatedNode leaver = cluster.node(1);
        leaver.uponDelivery = () -> leaver.ring.leave(cluster.now());
        leaver.submit(DeliveryGuarantee.AGREED, Lane.BULK, 10);
        cluster.run(3_000 * MILLI);
        assertThat(leaver.over).isTrue();
        assertThat(delivered(leaver)).containsExactly("1/1/1").isEqualTo(delivered(cluster.node(2)));
    }

    private static List<String> delivered(SimulatedNode node) {
        return node.history.stream()
                .filter(SimulatedNode.History.Delivered.class::isInstance)
                .map(event -> ((SimulatedNode.History.Delivered) event).text())
                .toList();
    }

    private static SimulatedCluster settled(int accelerated) {
        RingConfig config = RingConfig.builder()
                .nodes(List.of(NodeId.of(1), NodeId.of(2), NodeId.of(3)))
                .flow(flow -> flow.withAcceleratedMessages(accelerated).withVisitsBeforeRequest(0))
                .build();
        SimulatedCluster cluster = new SimulatedCluster(config, 1);
        cluster.minDelay = 100_000;
        cluster.maxDelay = 100_000;
        List.of(1, 2, 3).forEach(cluster::boot);
        assertThat(cluster.runUntilSettled(5_000 * MILLI)).isTrue();
        return cluster;
    }

    /** Each message fills a packet. */
    private static void flood(SimulatedCluster cluster) {
        for (int i = 0; i < MESSAGES; i++) {
            cluster.node(1 + i % 3).submit(DeliveryGuarantee.AGREED, Lane.BULK, 1_200);
        }
        cluster.run(500 * MILLI);
    }
}
