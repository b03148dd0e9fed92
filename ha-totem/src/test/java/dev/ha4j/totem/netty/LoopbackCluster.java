package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Rings of one cluster on free ports of the loopback address. */
final class LoopbackCluster implements AutoCloseable {

    final TreeMap<NodeId, Recorder> recorders = new TreeMap<>();
    final TreeMap<NodeId, UdpRing> rings = new TreeMap<>();

    private final String name;
    private final Carriage carriage;
    private final TreeMap<NodeId, InetSocketAddress> addresses = new TreeMap<>();
    private final Map<NodeId, AtomicLong> disks = new TreeMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ClusterKey key = ClusterKey.generate(random);
    private Duration tokenTimeout = Duration.ofSeconds(1);

    LoopbackCluster(String name, Carriage carriage, int nodes) throws IOException {
        this(name, carriage, nodes, "127.0.0.1");
    }

    LoopbackCluster(String name, Carriage carriage, int nodes, String host) throws IOException {
        this.name = name;
        this.carriage = carriage;
        List<DatagramSocket> held = new ArrayList<>();
        for (int id = 1; id <= nodes; id++) {
            DatagramSocket socket = FreePorts.hold(host);
            held.add(socket);
            addresses.put(NodeId.of(id), new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort()));
            disks.put(NodeId.of(id), new AtomicLong());
        }
        held.forEach(DatagramSocket::close);
    }

    private LoopbackCluster(LoopbackCluster model) {
        this.name = model.name;
        this.carriage = model.carriage;
        this.addresses.putAll(model.addresses);
        model.disks.keySet().forEach(id -> disks.put(id, new AtomicLong()));
    }

    /** A cluster that is configured alike, except for the key. */
    LoopbackCluster withAnotherKey() {
        return new LoopbackCluster(this);
    }

    /** So long that a machine which is busy with other things does not lose the token: for tests of what must not lose it. */
    LoopbackCluster withPatience() {
        tokenTimeout = Duration.ofSeconds(5);
        return this;
    }

    ClusterKey key() {
        return key;
    }

    InetSocketAddress address(int id) {
        return addresses.get(NodeId.of(id));
    }

    UdpRing start(int id) throws IOException {
        NodeId self = NodeId.of(id);
        Recorder recorder = new Recorder();
        UdpRing started = new UdpRing(config(self), new MemorySequences(disks.get(self)), recorder);
        recorders.put(self, recorder);
        rings.put(self, started);
        started.start();
        return started;
    }

    /** All nodes, until they are one ring. */
    LoopbackCluster startAll() throws IOException {
        for (NodeId node : addresses.keySet()) {
            start(node.value());
        }
        String all = addresses.keySet().stream().map(NodeId::toString).collect(Collectors.joining(" "));
        await().pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> assertThat(recorders.values())
                        .extracting(Recorder::members)
                        .containsOnly(all));
        return this;
    }

    /** A second process with the id of a node, on the same host. */
    UdpRing startTwin(int id) throws IOException {
        UdpRingConfig config = config(NodeId.of(id)).boundTo(ChangingCluster.free("127.0.0.1"));
        UdpRing twin = new UdpRing(config, new MemorySequences(), new Recorder());
        twin.start();
        return twin;
    }

    private UdpRingConfig config(NodeId self) {
        RingConfig ring = RingConfig.builder()
                .nodes(addresses.keySet())
                .tokenTimeout(tokenTimeout)
                .build();
        return carriage.applyTo(UdpRingConfig.of(name, self, ring, addresses, key, random.nextLong()));
    }

    UdpRing ring(int id) {
        return rings.get(NodeId.of(id));
    }

    Recorder recorder(int id) {
        return recorders.get(NodeId.of(id));
    }

    boolean hasThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("ha4j-" + name + "-"));
    }

    @Override
    public void close() {
        rings.values().forEach(UdpRing::closeNow);
    }
}
