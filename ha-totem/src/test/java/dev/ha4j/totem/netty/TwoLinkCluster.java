package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** Three rings on loopback with two links: 127.0.0.1 behind relays, and 127.0.0.2. */
final class TwoLinkCluster implements AutoCloseable {

    private static final int NODES = 3;

    /** So long that a machine which is busy with other things does not lose the token. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String name;
    private final Carriage carriage;
    private final LinkOptions options;
    private final SecureRandom random = new SecureRandom();
    private final ClusterKey key = ClusterKey.generate(random);
    private final TreeMap<NodeId, InetSocketAddress> firstSockets = new TreeMap<>();
    private final TreeMap<NodeId, Relay> relays = new TreeMap<>();
    private final TreeMap<NodeId, List<InetSocketAddress>> addresses = new TreeMap<>();
    private final TreeMap<NodeId, UdpRing> rings = new TreeMap<>();
    private final TreeMap<NodeId, Recorder> recorders = new TreeMap<>();

    TwoLinkCluster(String name, Carriage carriage, LinkOptions options) throws IOException {
        this.name = name;
        this.carriage = carriage;
        this.options = options;
        for (int id = 1; id <= NODES; id++) {
            InetSocketAddress socket = free("127.0.0.1");
            Relay relay = new Relay(socket);
            firstSockets.put(NodeId.of(id), socket);
            relays.put(NodeId.of(id), relay);
            addresses.put(NodeId.of(id), List.of(relay.address(), free("127.0.0.2")));
        }
    }

    private static InetSocketAddress free(String host) throws IOException {
        try (DatagramSocket socket = FreePorts.hold(host)) {
            return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
        }
    }

    void startAll() throws IOException {
        for (NodeId self : addresses.keySet()) {
            RingConfig ring = RingConfig.builder()
                    .nodes(addresses.keySet())
                    .tokenTimeout(PATIENCE)
                    .build();
            UdpRingConfig config = UdpRingConfig.ofLinks(name, self, ring, addresses, key, random.nextLong())
                    .boundTo(firstSockets.get(self))
                    .links(options);
            Recorder recorder = new Recorder();
            UdpRing started = new UdpRing(carriage.applyTo(config), new MemorySequences(), recorder);
            recorders.put(self, recorder);
            rings.put(self, started);
            started.start();
        }
        await().untilAsserted(() -> assertThat(recorders.values())
                .allSatisfy(recorder -> assertThat(recorder.members()).isEqualTo("1 2 3")));
    }

    /** Nothing goes over link 0 any more, or everything again. */
    void cut(boolean value) {
        relays.values().forEach(relay -> relay.cut(value));
    }

    UdpRing ring(int id) {
        return rings.get(NodeId.of(id));
    }

    Recorder recorder(int id) {
        return recorders.get(NodeId.of(id));
    }

    @Override
    public void close() {
        rings.values().forEach(UdpRing::closeNow);
        relays.values().forEach(Relay::close);
    }
}
