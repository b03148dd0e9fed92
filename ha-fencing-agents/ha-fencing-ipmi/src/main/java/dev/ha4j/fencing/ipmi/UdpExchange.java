package dev.ha4j.fencing.ipmi;

import dev.ha4j.fencing.ipmi.wire.Octets;
import dev.ha4j.fencing.ipmi.wire.RmcpPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A connected datagram socket: nobody but the BMC's address is heard. For one thread; waiting can be interrupted. */
final class UdpExchange implements AutoCloseable {

    private final DatagramChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(RmcpPacket.MAX_BYTES + 1);
    private int rejectedDatagrams;

    private UdpExchange(DatagramChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    static UdpExchange connect(InetSocketAddress address) throws IpmiException {
        if (address.isUnresolved()) {
            throw IpmiException.undecided("can't resolve the BMC's address " + address.getHostString());
        }
        try {
            return new UdpExchange(DatagramChannel.open(), Selector.open()).connectTo(address);
        } catch (IOException e) {
            throw IpmiException.undecided("can't reach " + address + ": " + e.getMessage());
        }
    }

    private UdpExchange connectTo(InetSocketAddress address) throws IOException {
        try {
            channel.connect(address);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    void send(Octets datagram) throws IpmiException {
        try {
            channel.write(ByteBuffer.wrap(datagram.toArray()));
        } catch (PortUnreachableException e) {
            throw nobodyThere();
        } catch (IOException e) {
            throw IpmiException.undecided("can't send to the BMC: " + e.getMessage());
        }
    }

    /** The first datagram in which the reader finds what it wants; empty when the time is over. */
    <T> Optional<T> receive(Function<Octets, Optional<T>> reader, long withinNanos)
            throws IpmiException, InterruptedException {
        long startNanos = System.nanoTime();
        while (true) {
            Optional<T> wanted = nextDatagram().flatMap(datagram -> read(reader, datagram));
            if (wanted.isPresent()) {
                return wanted;
            }
            long leftNanos = withinNanos - (System.nanoTime() - startNanos);
            if (leftNanos <= 0) {
                return Optional.empty();
            }
            await(leftNanos);
        }
    }

    private <T> Optional<T> read(Function<Octets, Optional<T>> reader, Octets datagram) {
        Optional<T> wanted = reader.apply(datagram);
        if (wanted.isEmpty()) {
            rejectedDatagrams++;
        }
        return wanted;
    }

    private Optional<Octets> nextDatagram() throws IpmiException {
        try {
            buffer.clear();
            int bytes = channel.read(buffer);
            return bytes > 0 ? Optional.of(Octets.takenFrom(buffer.flip())) : Optional.empty();
        } catch (PortUnreachableException e) {
            throw nobodyThere();
        } catch (IOException e) {
            throw IpmiException.undecided("can't hear the BMC: " + e.getMessage());
        }
    }

    private void await(long nanos) throws IpmiException, InterruptedException {
        try {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw IpmiException.undecided("can't wait for the BMC: " + e.getMessage());
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static IpmiException nobodyThere() {
        return IpmiException.undecided("nobody listens at the BMC's port");
    }

    /** Datagrams that were not genuine, not for us, or not to the question. */
    int rejectedDatagrams() {
        return rejectedDatagrams;
    }

    @Override
    public void close() {
        try (selector;
                channel) {
            // Closing is all there is to do.
        } catch (IOException e) {
            // Both are out of use; the system takes them back.
        }
    }
}
