package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.ipmi.wire.Octets;
import dev.ha4j.fencing.ipmi.wire.RmcpPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A BMC that speaks IPMI 2.0 (RMCP+, suites 3 and 17) on a UDP port of this machine. It runs on one thread of its own from
 * {@link BmcSimulatorBuilder#start} to {@link #close}, which waits for it to end. Its methods may be called by any thread.
 *
 * <p>It is checked against ipmitool, and is meant for tests: it never closes an idle session and has no BMC key.
 */
public final class BmcSimulator implements AutoCloseable {

    private static final int NANOS_PER_MILLI = 1_000_000;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress address;
    private final String guid;
    private final BmcFaults faults = new BmcFaults();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final PowerSwitch power;
    private final BmcProtocol protocol;
    private final Thread thread;

    BmcSimulator(BmcSimulatorBuilder builder) throws IOException {
        this.guid = builder.guid();
        this.power = new PowerSwitch(builder.chassis(), faults, closing);
        Supplier<Octets> identity = () -> Octets.ofHex(faults.assumedGuid().orElse(guid));
        BmcCommands commands = new BmcCommands(power, identity);
        this.protocol =
                new BmcProtocol(builder.users(), builder.suites(), identity, commands, faults, new SecureRandom());
        this.channel = DatagramChannel.open().bind(builder.bindAddress());
        this.address = (InetSocketAddress) channel.getLocalAddress();
        channel.configureBlocking(false);
        this.selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
        this.thread = new Thread(this::serve, "bmc-simulator-" + address.getPort());
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins a simulator. */
    public static BmcSimulatorBuilder builder() {
        return new BmcSimulatorBuilder();
    }

    /** The UDP port that it listens on. */
    public int port() {
        return address.getPort();
    }

    /** The address that it listens on, without the port. */
    public String host() {
        return address.getAddress().getHostAddress();
    }

    /** Its GUID as 32 hexadecimal digits, in the order of the wire. */
    public String guid() {
        return guid;
    }

    /** Its faults; none to begin with. */
    public BmcFaults faults() {
        return faults;
    }

    /** How many power orders have arrived, whatever became of them. */
    public int ordersReceived() {
        return power.ordersReceived();
    }

    /** Stops listening and ends the thread; what was postponed never happens. */
    @Override
    public void close() {
        closing.countDown();
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try (channel;
                selector) {
            ByteBuffer buffer = ByteBuffer.allocate(RmcpPacket.MAX_BYTES + 1);
            while (closing.getCount() > 0) {
                long waitNanos = power.carryOutLateOrders();
                selector.select(waitNanos == 0 ? 0 : Math.max(1, waitNanos / NANOS_PER_MILLI));
                selector.selectedKeys().clear();
                answerAll(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated BMC at " + address + " has failed", e);
        }
    }

    private void answerAll(ByteBuffer buffer) throws IOException {
        while (closing.getCount() > 0) {
            buffer.clear();
            SocketAddress console = channel.receive(buffer);
            if (console == null) {
                return;
            }
            Octets datagram = Octets.takenFrom(buffer.flip());
            Optional<Octets> answer = faults.isUnreachable() ? Optional.empty() : protocol.answer(datagram);
            if (answer.isPresent()) {
                channel.send(ByteBuffer.wrap(answer.get().toArray()), console);
            }
        }
    }

    /** Waits until the simulator is closed. */
    void awaitClose() throws InterruptedException {
        while (!closing.await(1, TimeUnit.DAYS)) {
            // A day is a short time for a BMC.
        }
    }
}
