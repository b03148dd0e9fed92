package dev.ha4j.totem.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {

    private static final byte[] LARGE = new byte[100_000];

    @Test
    void aFullLaneHoldsBackNoOtherAndTheLowerLanesGoFirst() throws Exception {
        try (LoopbackCluster cluster = new LoopbackCluster("lanes", Carriage.NIO, 2).startAll()) {
            UdpRing ring = cluster.ring(1);
            window(ring, 0);
            int bulk = fill(ring, Lane.BULK);
            assertThat(bulk).as("at least 4 MiB").isGreaterThanOrEqualTo((4 << 20) / LARGE.length);
            assertThat(trySend(ring, Lane.CONTROL, "control")).isTrue();
            assertThat(trySend(ring, Lane.MEMBERSHIP, "membership")).isTrue();
            ring.send(Lane.CONTROL, DeliveryGuarantee.AGREED, "and again".getBytes(UTF_8));
            window(ring, 1);
            await().untilAsserted(
                            () -> assertThat(cluster.recorder(2).payloads()).hasSize(bulk + 3));
            assertThat(cluster.recorder(2).payloads().subList(0, 3))
                    .isEqualTo(List.of("membership", "control", "and again"));
        }
    }

    @Test
    void eachLaneHasRoomForAsMuchAsAnyOther() throws Exception {
        try (LoopbackCluster cluster = new LoopbackCluster("lanes", Carriage.NIO, 2).startAll()) {
            UdpRing ring = cluster.ring(1);
            window(ring, 0);
            int all = 0;
            for (Lane lane : Lane.values()) {
                int filled = fill(ring, lane);
                assertThat(filled).as("%s", lane).isGreaterThanOrEqualTo((4 << 20) / LARGE.length);
                all += filled;
            }
            window(ring, 1);
            int sent = all;
            await().untilAsserted(
                            () -> assertThat(cluster.recorder(2).payloads()).hasSize(sent));
        }
    }

    /** Until the loop takes no more either. */
    private static int fill(UdpRing ring, Lane lane) {
        int filled = 0;
        int before;
        do {
            before = filled;
            while (ring.trySend(lane, DeliveryGuarantee.AGREED, LARGE)) {
                filled++;
            }
            window(ring, 0);
        } while (filled > before);
        return filled;
    }

    private static boolean trySend(UdpRing ring, Lane lane, String text) {
        return ring.trySend(lane, DeliveryGuarantee.AGREED, text.getBytes(UTF_8));
    }

    /** Returns when the ring has it: what is sent later goes by it. */
    private static void window(UdpRing ring, double fractionOfFull) {
        ring.advertiseWindow(fractionOfFull);
        ring.report().toCompletableFuture().join();
    }
}
