package dev.ha4j.corosync.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's UDP sockets. Belongs to the ring's thread; {@link #wakeUp} is for others. */
final class Sockets {

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int MAX_PACKET_BYTES = 65_536;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ByteBuffer sending = ByteBuffer.allocateDirect(MAX_PACKET_BYTES);
    private final Consumer<String> count;
    private final Selector selector;
    private final List<DatagramChannel> channels = new ArrayList<>();

    /**
     * None is open yet.
     *
     * @param count hears what went wrong
     */
    Sockets(Consumer<String> count) throws IOException {
        this.count = count;
        selector = Selector.open();
    }

    /** Room for the longest packet. */
    static ByteBuffer receiveBuffer() {
        return ByteBuffer.allocateDirect(MAX_PACKET_BYTES);
    }

    /** A socket that {@link #await} waits for. */
    DatagramChannel openReceiving(InetSocketAddress address) throws IOException {
        DatagramChannel channel = open(address);
        channel.register(selector, SelectionKey.OP_READ);
        return channel;
    }

    /**
     * Binds a socket.
     *
     * @throws IOException if it can't be bound; all are closed then
     */
    DatagramChannel open(InetSocketAddress address) throws IOException {
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

    /** What the kernel does not take is lost, as in the network. */
    void send(DatagramChannel channel, InetSocketAddress target, byte[] packet) {
        sending.clear().put(packet).flip();
        try {
            if (channel.send(sending, target) == 0) {
                count.accept("no room in the socket");
            }
        } catch (IOException e) {
            count.accept("could not be sent");
            LOG.debug("to {}", target, e);
        }
    }

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
