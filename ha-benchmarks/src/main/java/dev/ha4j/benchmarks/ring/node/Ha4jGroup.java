package dev.ha4j.benchmarks.ring.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.SocketKind;
import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.netty.UdpRing;
import dev.ha4j.totem.netty.UdpRingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ring of ha-totem over UDP, as an application would use it: everything at its defaults, encrypted. */
final class Ha4jGroup implements Group {

    private static final int ETHERNET_DATAGRAM_BYTES = 1_472;

    private static final String MULTICAST_GROUP = "239.8.8.9";

    private final Set<String> words;
    private final int self;
    private final List<InetSocketAddress> addresses;
    private @Nullable UdpRing ring;

    /** @param name {@code ha4j}, and what is different from the defaults: {@code -nio}, {@code -small} (packets of
     *     Ethernet's size), {@code -multicast}, {@code -accelerated}
     */
    Ha4jGroup(String name, int self, List<InetSocketAddress> addresses) {
        this.words = Set.of(name.split("-"));
        this.self = self;
        this.addresses = addresses;
    }

    @Override
    public void join(Sink sink) throws Exception {
        TreeMap<NodeId, InetSocketAddress> nodes = new TreeMap<>();
        for (InetSocketAddress address : addresses) {
            nodes.put(NodeId.of(nodes.size() + 1), address);
        }
        RingConfig.Builder builder = RingConfig.builder().nodes(nodes.keySet());
        if (words.contains("accelerated")) {
            builder.flow(flow -> flow.withAcceleratedMessages(Integer.getInteger("acc", 64)));
        }
        RingConfig config = builder.build();
        byte[] key = Arrays.copyOf("benchmark".getBytes(StandardCharsets.US_ASCII), ClusterKey.KEY_BYTES);
        UdpRingConfig udp = UdpRingConfig.of(
                "benchmark", NodeId.of(self), config, nodes, ClusterKey.of(key), new SecureRandom().nextLong());
        Listener listener = new Listener(sink);
        ring = new UdpRing(adapted(udp), new NoDisk(), listener);
        ring.start();
        listener.complete.await();
    }

    private UdpRingConfig adapted(UdpRingConfig defaults) {
        UdpRingConfig config = defaults;
        if (words.contains("nio")) {
            config = config.sockets(SocketKind.NIO);
        }
        if (words.contains("small")) {
            config = config.maxDatagramBytes(ETHERNET_DATAGRAM_BYTES);
        }
        if (words.contains("multicast")) {
            int port = addresses.get(0).getPort();
            config = config.multicast(List.of(new InetSocketAddress(MULTICAST_GROUP, port)));
        }
        return config;
    }

    @Override
    public void send(byte[] message) throws Exception {
        if (ring == null) {
            throw new IllegalStateException("not joined");
        }
        ring.send(Lane.BULK, DeliveryGuarantee.AGREED, message);
    }

    @Override
    public Watch watch() throws Exception {
        if (ring == null) {
            throw new IllegalStateException("not joined");
        }
        return new Watch(ring);
    }

    @Override
    public void close() {
        if (ring != null) {
            ring.close();
        }
    }

    private static final class Listener implements RingListener {
        private final Sink sink;
        private final CountDownLatch complete = new CountDownLatch(1);

        Listener(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void delivered(Delivery delivery) {
            sink.delivered(delivery.payload(), 0);
        }

        @Override
        public void regular(RegularConfiguration configuration) {
            if (configuration.members().size() == SIZE) {
                complete.countDown();
            }
        }

        @Override
        public void failed(String reason) {}
    }

    /** Each run of the benchmark is a new cluster, which has no past to be careful of. */
    private record NoDisk() implements RingSequences {
        @Override
        public long reservedUpTo() {
            return 0;
        }

        @Override
        public void reserve(long upTo, Consumer<Boolean> done) {
            done.accept(true);
        }
    }
}
