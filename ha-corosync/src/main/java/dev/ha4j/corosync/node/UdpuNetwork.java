package dev.ha4j.corosync.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.CorosyncLink;
import dev.ha4j.corosync.srp.SrpCodec;
import dev.ha4j.corosync.srp.SrpMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Messages as they are, one in a datagram: a socket at the ring's port, for all that comes in and for tokens, and one for the rest. */
final class UdpuNetwork implements Network {

    private final Map<InetAddress, NodeId> nodes = new HashMap<>();
    private final TreeMap<NodeId, InetSocketAddress> targets = new TreeMap<>();
    private final TreeMap<NodeId, Meter> meters = new TreeMap<>();
    private final int dataBytes;
    private final ByteBuffer received = Sockets.receiveBuffer();
    private final Consumer<String> count;
    private final Sources packets;
    private final Sockets sockets;
    private final DatagramChannel ring;
    private final DatagramChannel toAll;

    /**
     * Binds the node's own address.
     *
     * @param count hears why a packet was refused
     * @throws IOException if it can't be bound
     */
    UdpuNetwork(CorosyncConfig config, Consumer<String> count) throws IOException {
        this.count = count;
        this.packets = new Sources(count);
        config.nodes().forEach((id, node) -> {
            nodes.put(node.address(), id);
            targets.put(id, new InetSocketAddress(node.address(), config.port()));
            if (!id.equals(config.self())) {
                meters.put(id, new Meter());
            }
        });
        dataBytes = Timing.datagramBytes(config);
        InetAddress own = config.address();
        sockets = new Sockets(count);
        toAll = sockets.open(new InetSocketAddress(own, 0));
        ring = sockets.openReceiving(new InetSocketAddress(own, config.port()));
    }

    @Override
    public void send(NodeId target, SrpMessage message, long now) {
        send(ring, target, SrpCodec.encode(message));
    }

    @Override
    public void multicast(SrpMessage message, SortedSet<NodeId> to, long now) {
        byte[] packet = SrpCodec.encode(message);
        to.forEach(target -> send(toAll, target, packet));
    }

    private void send(DatagramChannel channel, NodeId target, byte[] packet) {
        @Nullable InetSocketAddress address = targets.get(target);
        @Nullable Meter meter = meters.get(target);
        if (address != null && meter != null) {
            sockets.send(channel, address, packet);
            meter.sent(packet.length);
        }
    }

    @Override
    public void receive(int most, Consumer<SrpMessage> input) throws IOException {
        for (int i = 0; i < most; i++) {
            received.clear();
            @Nullable SocketAddress from = ring.receive(received);
            if (from == null) {
                return;
            }
            decode(from).ifPresent(input);
        }
    }

    private Optional<SrpMessage> decode(SocketAddress from) {
        NodeId node = from instanceof InetSocketAddress inet ? nodes.get(inet.getAddress()) : null;
        if (node == null) {
            count.accept("unknown address");
            return Optional.empty();
        }
        byte[] packet = new byte[received.flip().remaining()];
        received.get(packet);
        Optional.ofNullable(meters.get(node)).ifPresent(meter -> meter.received(packet.length));
        return packets.read(node, packet);
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
        // nothing is due, ever
    }

    @Override
    public long untilNextNanos(long now) {
        return Long.MAX_VALUE;
    }

    @Override
    public List<CorosyncLink> links(SortedSet<NodeId> members) {
        List<CorosyncLink> links = new ArrayList<>();
        meters.forEach((node, meter) -> links.add(new CorosyncLink(
                node,
                0,
                Objects.requireNonNull(targets.get(node)),
                members.contains(node),
                Optional.empty(),
                dataBytes,
                meter.report())));
        return links;
    }

    @Override
    public void close() {
        sockets.close();
    }
}
