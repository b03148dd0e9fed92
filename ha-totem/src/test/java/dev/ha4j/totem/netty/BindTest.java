package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a node binds is not always where it is reached. */
class BindTest {

    private static final NodeId A = NodeId.of(1);
    private static final NodeId B = NodeId.of(2);
    private static final InetSocketAddress INSIDE = new InetSocketAddress("0.0.0.0", 7_000);
    private static final InetSocketAddress INSIDE_TOO = new InetSocketAddress("0.0.0.0", 7_001);
    private static final InetSocketAddress FIRST = new InetSocketAddress("192.0.2.1", 5405);
    private static final InetSocketAddress SECOND = new InetSocketAddress("198.51.100.1", 5405);
    private static final InetSocketAddress MOVED = new InetSocketAddress("203.0.113.1", 5405);

    private static final ClusterKey KEY = ClusterKey.generate(new Random(1));

    private static SortedMap<NodeId, List<InetSocketAddress>> at(InetSocketAddress... own) {
        TreeMap<NodeId, List<InetSocketAddress>> addresses = new TreeMap<>();
        addresses.put(A, List.of(own));
        return addresses;
    }

    private static UdpRingConfig config(SortedMap<NodeId, List<InetSocketAddress>> addresses, NodeId self) {
        RingConfig ring = RingConfig.builder().nodes(addresses.keySet()).build();
        return UdpRingConfig.ofLinks("bind", self, ring, addresses, KEY, self.value());
    }

    @Test
    void eachLinkIsBoundToItsOwnAddressUnlessToldOtherwise() {
        UdpRingConfig config = config(at(FIRST, SECOND), A);
        assertThat(config.bind()).containsExactly(FIRST, SECOND);
        assertThat(config.boundTo(INSIDE).bind()).containsExactly(INSIDE, SECOND);
        assertThat(config.boundTo(List.of(INSIDE, INSIDE_TOO)).bind()).containsExactly(INSIDE, INSIDE_TOO);
    }

    @Test
    void whatWasToldStaysWhenTheNodeMoves() {
        UdpRingConfig config = config(at(FIRST, SECOND), A);
        assertThat(config.withNodes(at(MOVED, SECOND)).bind()).containsExactly(MOVED, SECOND);
        UdpRingConfig told = config.boundTo(INSIDE);
        assertThat(told.withNodes(at(MOVED, SECOND)).bind()).containsExactly(INSIDE, SECOND);
        UdpRingConfig toldTheSame = config.boundTo(FIRST);
        assertThat(toldTheSame.withNodes(at(MOVED, SECOND)).bind()).containsExactly(FIRST, SECOND);
    }

    @Test
    void whatWasToldBelongsToTheLinkWhateverItsNumber() {
        UdpRingConfig told = config(at(FIRST, SECOND), A).boundTo(INSIDE);
        assertThat(told.withNodes(at(SECOND)).bind()).containsExactly(SECOND);
        assertThat(told.withNodes(at(SECOND, FIRST)).bind()).containsExactly(SECOND, INSIDE);
        assertThat(told.withNodes(at(FIRST)).bind()).containsExactly(INSIDE);
        assertThat(told.withNodes(at(FIRST, SECOND, MOVED)).bind()).containsExactly(INSIDE, SECOND, MOVED);
    }

    @Test
    void linksDoNotShareAPort() {
        UdpRingConfig config = config(at(FIRST, SECOND), A);
        assertThatThrownBy(() -> config.boundTo(List.of(INSIDE, INSIDE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a port of its own");
        assertThatThrownBy(() -> config.boundTo(List.of(FIRST, SECOND, INSIDE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are 2 links");
    }

    /** As in a container. The interface is the one on the way to the peer. */
    @ParameterizedTest
    @MethodSource("dev.ha4j.totem.netty.Carriage#plain")
    void aNodeThatIsBoundToAllInterfacesSendsLargeDatagrams(Carriage carriage) throws Exception {
        SortedMap<NodeId, List<InetSocketAddress>> addresses = ChangingCluster.addresses(2, "127.0.0.1", "127.0.0.1");
        List<UdpRing> rings = new ArrayList<>();
        try {
            for (NodeId self : List.of(A, B)) {
                List<InetSocketAddress> all = addresses.get(self).stream()
                        .map(own -> new InetSocketAddress("0.0.0.0", own.getPort()))
                        .toList();
                UdpRingConfig config = config(addresses, self).boundTo(all);
                UdpRing ring = new UdpRing(carriage.applyTo(config), new MemorySequences(), new Recorder());
                rings.add(ring);
                ring.start();
            }
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                for (UdpRing ring : rings) {
                    assertThat(ring.report().toCompletableFuture().get().links())
                            .hasSize(2)
                            .allSatisfy(link -> assertThat(link.up()).isTrue())
                            .allSatisfy(link -> assertThat(link.datagramBytes()).isGreaterThan(50_000));
                }
            });
        } finally {
            rings.forEach(UdpRing::closeNow);
        }
    }
}
