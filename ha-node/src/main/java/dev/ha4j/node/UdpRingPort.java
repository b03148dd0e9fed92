package dev.ha4j.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.netty.LinkReport;
import dev.ha4j.totem.netty.UdpRing;
import dev.ha4j.totem.netty.UdpRingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The ring over UDP, on all links of each node. */
record UdpRingPort(UdpRing ring) implements RingPort {

    static UdpRingPort open(
            ClusterConfig cluster,
            RingConfig config,
            NodeId self,
            Optional<InetSocketAddress> bind,
            long boot,
            RingSequences sequences,
            RingListener listener) {
        TreeMap<NodeId, List<InetSocketAddress>> addresses = new TreeMap<>();
        for (NodeSpec node : cluster.policy().nodes()) {
            addresses.put(
                    node.id(),
                    node.links().stream()
                            .map(link -> new InetSocketAddress(link.host(), link.port()))
                            .toList());
        }
        ClusterKey key = ClusterKey.of(cluster.authKey().bytes());
        UdpRingConfig defaults = UdpRingConfig.ofLinks(cluster.name(), self, config, addresses, key, boot);
        UdpRingConfig bound = bind.map(defaults::boundTo).orElse(defaults);
        return new UdpRingPort(new UdpRing(bound, sequences, listener));
    }

    @Override
    public EventLoop loop() {
        return ring.loop();
    }

    @Override
    public void start() throws IOException {
        ring.start();
    }

    @Override
    public void onRing(BiConsumer<TotemRing, Long> call) {
        ring.onRing(call);
    }

    @Override
    public List<LinkReport> links() {
        return ring.links();
    }

    @Override
    public void close() {
        ring.closeNow();
    }
}
