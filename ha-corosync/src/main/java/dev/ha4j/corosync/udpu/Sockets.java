package dev.ha4j.corosync.udpu;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.srp.OrderedMessage;
import dev.ha4j.corosync.srp.SrpCodec;
import dev.ha4j.corosync.srp.SrpMessage;
import dev.ha4j.corosync.wire.Malformed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's sockets: one at the ring's port, for all that comes in and for tokens, and one for what goes to everybody. Belongs to the
 * ring's thread; {@link #wakeUp} is for others.
 */
final class Sockets {

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int MAX_PACKET_BYTES = 65_536;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Map<InetAddress, NodeId> nodes;
    private final TreeMap<NodeId, InetSocketAddress> targets = new TreeMap<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(MAX_PACKET_BYTES);
    private final ByteBuffer sending = ByteBuffer.allocateDirect(MAX_PACKET_BYTES);
    private final Consumer<String> count;
    private final Selector selector;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final DatagramChannel ring;
    private final DatagramChannel toAll;

    /**
     * Binds the node's own address.
     *
     * @param count hears why a packet was refused
     * @throws IOException if it can't be bound
     */
    Sockets(CorosyncConfig config, Consumer<String> count) throws IOException {
        this.count = count;
        this.nodes = new HashMap<>();
        config.nodes().forEach((id, node) -> {
            nodes.put(node.address(), id);
            targets.put(id, new InetSocketAddress(node.address(), config.port()));
        });
        InetAddress own = config.address();
        selector = Selector.open();
        toAll = open(new InetSocketAddress(own, 0));
        ring = open(new InetSocketAddress(own, config.port()));
        ring.register(selector, SelectionKey.OP_READ);
    }

    private DatagramChannel open(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channels.add(channel);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(address);
            return channel;
        } catch (IOException e) {
            close();
            throw new IOException(
                    "can't bind " + address + ": is it an address of this host, and is corosync not running on it?", e);
        }
    }

    void send(NodeId target, SrpMessage message) {
        send(ring, target, SrpCodec.encode(message));
    }

    void multicast(SrpMessage message, Iterable<NodeId> to) {
        byte[] packet = SrpCodec.encode(message);
        for (NodeId target : to) {
            send(toAll, target, packet);
        }
    }

    /** What the kernel does not take is lost, as in the network. */
    private void send(DatagramChannel channel, NodeId target, byte[] packet) {
        InetSocketAddress address = targets.get(target);
        if (address == null) {
            return;
        }
        sending.clear().put(packet).flip();
        try {
            if (channel.send(sending, address) == 0) {
                count.accept("no room in the socket");
            }
        } catch (IOException e) {
            count.accept("could not be sent");
            LOG.debug("to {}", address, e);
        }
    }

    /** Waits for packets, a call of {@link #wakeUp} or the end of time. */
    void await(long nanos) throws IOException {
        long millis = nanos == Long.MAX_VALUE ? 0 : (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(millis);
        }
        selector.selectedKeys().clear();
    }

    void wakeUp() {
        selector.wakeup();
    }

    /** Takes in at most so many packets. */
    void receive(int most, Consumer<SrpMessage> input) throws IOException {
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
        try {
            SrpMessage message = SrpCodec.decode(received.flip());
            if (!(message instanceof OrderedMessage) && !message.sender().equals(node)) {
                count.accept("sender at another's address");
                return Optional.empty();
            }
            return Optional.of(message);
        } catch (Malformed malformed) {
            count.accept(malformed.reason());
            return Optional.empty();
        }
    }

    void close() {
        try {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.debug("sockets did not close well", e);
        }
    }
}
