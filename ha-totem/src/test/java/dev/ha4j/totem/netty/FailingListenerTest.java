package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.security.ClusterKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener that throws ends the ring, and everybody hears of it. */
@Timeout(60)
class FailingListenerTest {

    private static final NodeId SELF = NodeId.of(1);

    private final List<String> ends = new CopyOnWriteArrayList<>();

    @Test
    void anErrorIsToldAsAFailure() throws Exception {
        try (UdpRing ring = started(new Failing(false))) {
            send(ring);
            await().untilAsserted(() -> assertThat(ends)
                    .singleElement()
                    .asString()
                    .contains("internal error", "AssertionError", "no such message"));
            refusesMessages(ring);
            assertThat(ring.changeNodes(new TreeMap<>(Map.of(SELF, List.of(ChangingCluster.free("127.0.0.1"))))))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whoCanNotEvenHearOfItLeavesNobodyWaiting() throws Exception {
        try (UdpRing ring = started(new Failing(true))) {
            send(ring);
            await().untilAsserted(() -> assertThat(ends).hasSize(1));
            refusesMessages(ring);
        }
    }

    private static void send(UdpRing ring) throws InterruptedException {
        ring.send(Lane.BULK, DeliveryGuarantee.AGREED, new byte[1]);
    }

    private static void refusesMessages(UdpRing ring) {
        await().untilAsserted(() -> assertThatThrownBy(() -> send(ring))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed"));
    }

    private static UdpRing started(RingListener listener) throws IOException {
        TreeMap<NodeId, InetSocketAddress> addresses = new TreeMap<>();
        addresses.put(SELF, ChangingCluster.free("127.0.0.1"));
        SecureRandom random = new SecureRandom();
        RingConfig config = RingConfig.builder().nodes(addresses.keySet()).build();
        UdpRing ring = new UdpRing(
                UdpRingConfig.of("failing", SELF, config, addresses, ClusterKey.generate(random), random.nextLong()),
                new MemorySequences(),
                listener);
        ring.start();
        return ring;
    }

    private final class Failing implements RingListener {
        private final boolean alwaysThrows;

        Failing(boolean alwaysThrows) {
            this.alwaysThrows = alwaysThrows;
        }

        @Override
        public void delivered(Delivery delivery) {
            throw new AssertionError("no such message");
        }

        @Override
        public void failed(String reason) {
            ends.add(reason);
            if (alwaysThrows) {
                throw new IllegalStateException("not that either");
            }
        }

        @Override
        public void regular(RegularConfiguration configuration) {}
    }
}
