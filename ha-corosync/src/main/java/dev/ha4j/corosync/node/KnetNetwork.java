package dev.ha4j.corosync.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.CorosyncLink;
import dev.ha4j.corosync.KnetConfig;
import dev.ha4j.corosync.knet.Knet;
import dev.ha4j.corosync.knet.KnetCodec;
import dev.ha4j.corosync.knet.KnetOutput;
import dev.ha4j.corosync.knet.KnetPacket;
import dev.ha4j.corosync.knet.KnetSettings;
import dev.ha4j.corosync.knet.PacketSeal;
import dev.ha4j.corosync.knet.Path;
import dev.ha4j.corosync.srp.SrpCodec;
import dev.ha4j.corosync.srp.SrpMessage;
import dev.ha4j.corosync.wire.Malformed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages as frames of {@link Knet}: a socket for each link, and packets sealed on their way. */
final class KnetNetwork implements Network {

    private static final Logger LOG = LoggerFactory.getLogger(KnetNetwork.class);

    /** A message may have so many packets that a few messages fill a socket's buffer. */
    private static final int PACKETS_PER_MESSAGE = 16;

    private final List<DatagramChannel> links = new ArrayList<>();
    private final Map<SocketAddress, Path> sources = new HashMap<>();
    private final Map<Path, Meter> meters = new HashMap<>();
    private final TreeMap<NodeId, List<InetSocketAddress>> targets = new TreeMap<>();
    private final ArrayDeque<SrpMessage> messages = new ArrayDeque<>();
    private final ByteBuffer received = Sockets.receiveBuffer();
    private final SecureRandom random = new SecureRandom();
    private final Consumer<String> count;
    private final Sources frames;
    private final LinkListener listener;
    private final PacketSeal seal;
    private final Knet knet;
    private final Sockets sockets;
    private final int dataBytes;

    /** Hears of links that come into use, and go. */
    interface LinkListener {
        void changed(NodeId node, int link, boolean connected);
    }

    /**
     * Binds the node's own addresses.
     *
     * @param count hears why a packet was refused
     * @throws IOException if one can't be bound
     */
    KnetNetwork(CorosyncConfig config, KnetConfig knetConfig, LinkListener listener, Consumer<String> count)
            throws IOException {
        this.count = count;
        this.frames = new Sources(count);
        this.listener = listener;
        this.seal = new PacketSeal(knetConfig.security());
        this.dataBytes = seal.clearBytes(Timing.datagramBytes(config)) - KnetCodec.FRAGMENT_HEADER_BYTES;
        this.knet = new Knet(config.self(), settings(config, knetConfig, dataBytes), new Output());
        this.sockets = new Sockets(count);
        config.nodes().forEach((id, node) -> targets.put(id, addresses(node, knetConfig)));
        targets.forEach((id, addresses) -> {
            for (int link = 0; link < addresses.size(); link++) {
                Path path = new Path(id, link);
                sources.put(addresses.get(link), path);
                meters.put(path, new Meter());
            }
        });
        for (InetSocketAddress own : Objects.requireNonNull(targets.get(config.self()))) {
            links.add(sockets.openReceiving(own));
        }
    }

    private static List<InetSocketAddress> addresses(CorosyncConfig.Node node, KnetConfig knetConfig) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (KnetConfig.Link link : knetConfig.links()) {
            addresses.add(new InetSocketAddress(node.addresses().get(addresses.size()), link.port()));
        }
        return addresses;
    }

    private static KnetSettings settings(CorosyncConfig config, KnetConfig knetConfig, int dataBytes) {
        return new KnetSettings(
                new TreeSet<>(config.nodes().keySet()),
                knetConfig.links().stream().map(link -> Timing.of(link, config)).toList(),
                knetConfig.policy(),
                dataBytes);
    }

    @Override
    public void send(NodeId target, SrpMessage message, long now) {
        knet.send(target, SrpCodec.encode(message, target), now);
    }

    @Override
    public void multicast(SrpMessage message, SortedSet<NodeId> to, long now) {
        knet.multicast(SrpCodec.encode(message), to, now);
    }

    @Override
    public void receive(int most, Consumer<SrpMessage> input) throws IOException {
        for (int link = 0; link < links.size(); link++) {
            receive(link, most * PACKETS_PER_MESSAGE, input);
        }
    }

    private void receive(int link, int mostPackets, Consumer<SrpMessage> input) throws IOException {
        for (int i = 0; i < mostPackets; i++) {
            received.clear();
            @Nullable SocketAddress from = links.get(link).receive(received);
            if (from == null) {
                return;
            }
            open(from, link);
            for (SrpMessage message = messages.poll(); message != null; message = messages.poll()) {
                input.accept(message);
            }
        }
    }

    private void open(SocketAddress from, int link) {
        @Nullable Path path = sources.get(from);
        if (path == null || path.link() != link) {
            count.accept("unknown address");
            return;
        }
        byte[] packet = new byte[received.flip().remaining()];
        received.get(packet);
        meter(path).received(packet.length);
        try {
            knet.receive(path, KnetCodec.decode(seal.open(packet)), System.nanoTime());
        } catch (Malformed malformed) {
            count.accept(malformed.reason());
        }
    }

    private Meter meter(Path path) {
        return Objects.requireNonNull(meters.get(path));
    }

    @Override
    public void await(long nanos) throws IOException {
        sockets.await(nanos);
    }

    @Override
    public void wakeUp() {
        sockets.wakeUp();
    }

    @Override
    public void tick(long now) {
        knet.tick(now);
    }

    @Override
    public long untilNextNanos(long now) {
        return knet.untilNextNanos(now);
    }

    @Override
    public List<CorosyncLink> links(SortedSet<NodeId> members) {
        List<CorosyncLink> all = new ArrayList<>();
        knet.links((path, state) -> all.add(new CorosyncLink(
                path.node(),
                path.link(),
                address(path),
                state.connected(),
                state.roundTripNanos().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(state.roundTripNanos().getAsLong())),
                dataBytes,
                meter(path).report())));
        return all;
    }

    private InetSocketAddress address(Path path) {
        return Objects.requireNonNull(targets.get(path.node())).get(path.link());
    }

    @Override
    public void close() {
        sockets.close();
    }

    private final class Output implements KnetOutput {

        @Override
        public void send(KnetPacket packet, List<Path> paths) {
            byte[] vector = new byte[seal.vectorBytes()];
            random.nextBytes(vector);
            byte[] sealed = seal.seal(KnetCodec.encode(packet), vector);
            for (Path path : paths) {
                sockets.send(links.get(path.link()), address(path), sealed);
                meter(path).sent(sealed.length);
            }
        }

        @Override
        public void deliver(NodeId source, byte[] frame) {
            frames.read(source, frame).ifPresent(messages::add);
        }

        @Override
        public void linkChanged(Path path, boolean connected) {
            LOG.info("link {} to node {} is {}", path.link(), path.node(), connected ? "up" : "down");
            listener.changed(path.node(), path.link(), connected);
        }

        @Override
        public void count(String event) {
            count.accept(event);
        }
    }
}
