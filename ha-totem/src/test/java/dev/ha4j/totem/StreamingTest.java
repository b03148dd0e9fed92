package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Large messages go out in portions: they delay neither the token nor what is more urgent. */
class StreamingTest {

    private static final long MILLI = 1_000_000L;
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void aLargeMessageIsOvertakenByControlTrafficOfAnybody() {
        SimulatedCluster cluster = settled();
        cluster.node(1).submit(DeliveryGuarantee.AGREED, Lane.BULK, MEBIBYTE);
        cluster.run(2 * MILLI);
        cluster.node(1).submit(DeliveryGuarantee.AGREED, Lane.CONTROL, 100);
        cluster.node(2).submit(DeliveryGuarantee.AGREED, Lane.MEMBERSHIP, 100);
        cluster.run(1_000 * MILLI);
        cluster.boots.forEach(
                boot -> assertThat(delivered(boot)).hasSize(3).endsWith("1/1/1").contains("1/1/2", "2/1/1"));
    }

    @Test
    void theTokenComesAsOftenAsWithoutLargeMessages() {
        SimulatedCluster cluster = settled();
        List<Long> visits = new ArrayList<>();
        cluster.lose = (from, to, message) -> {
            if (message instanceof Token && to.equals(NodeId.of(3))) {
                visits.add(cluster.now());
            }
            return false;
        };
        for (int i = 0; i < 4; i++) {
            cluster.node(1).submit(DeliveryGuarantee.AGREED, Lane.BULK, MEBIBYTE);
            cluster.node(2).submit(DeliveryGuarantee.AGREED, Lane.BULK, MEBIBYTE);
            cluster.run(100 * MILLI);
        }
        cluster.boots.forEach(boot -> assertThat(delivered(boot)).hasSize(8));
        long longest = 0;
        for (int i = 1; i < visits.size(); i++) {
            longest = Math.max(longest, visits.get(i) - visits.get(i - 1));
        }
        assertThat(longest)
                .as("a rotation, or an idle ring's hold time")
                .isLessThan(cluster.config().nanos(RingTime.HOLD) + 2 * MILLI);
    }

    /** A newcomer has not seen its beginning. */
    @Test
    void aMessageThatWasBegunBeginsAgainInTheNextRing() {
        SimulatedCluster cluster = settled();
        cluster.crash(3);
        assertThat(cluster.runUntilSettled(5_000 * MILLI)).isTrue();
        cluster.boot(3);
        while (cluster.node(1).ring.report().members().size() < 3) {
            if (cluster.node(1).ring.report().queuedMessages() == 0) {
                cluster.node(1).submit(DeliveryGuarantee.AGREED, Lane.BULK, MEBIBYTE);
            }
            cluster.run(MILLI);
        }
        cluster.run(1_000 * MILLI);
        List<String> atNewcomer = delivered(cluster.node(3));
        assertThat(atNewcomer).isNotEmpty();
        assertThat(delivered(cluster.node(2))).endsWith(atNewcomer.toArray(String[]::new));
        assertThat(delivered(cluster.node(1))).isEqualTo(delivered(cluster.node(2)));
        new EvsChecker(cluster.boots).check();
    }

    private static SimulatedCluster settled() {
        RingConfig config = RingConfig.builder()
                .nodes(List.of(NodeId.of(1), NodeId.of(2), NodeId.of(3)))
                .build();
        SimulatedCluster cluster = new SimulatedCluster(config, 1);
        List.of(1, 2, 3).forEach(cluster::boot);
        assertThat(cluster.runUntilSettled(5_000 * MILLI)).isTrue();
        return cluster;
    }

    private static List<String> delivered(SimulatedNode node) {
        return node.history.stream()
                .filter(SimulatedNode.History.Delivered.class::isInstance)
                .map(event -> ((SimulatedNode.History.Delivered) event).text())
                .toList();
    }
}
