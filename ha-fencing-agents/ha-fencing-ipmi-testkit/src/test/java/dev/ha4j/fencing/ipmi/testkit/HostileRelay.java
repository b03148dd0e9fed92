package dev.ha4j.fencing.ipmi.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.Random;

/**
 * Stands between a console and a BMC. Before each answer it sends rubbish and a damaged copy; the answer itself it passes
 * twice, or not at all.
 */
final class HostileRelay implements AutoCloseable {

    private static final int RMCP_HEADER_BYTES = 4;

    private final Random random;
    private final boolean passesAnswers;
    private final DatagramChannel front = DatagramChannel.open();
    private final DatagramChannel back = DatagramChannel.open();
    private final Selector selector = Selector.open();
    private final Thread thread;
    private volatile boolean closed;

    HostileRelay(BmcSimulator bmc, long seed, boolean passesAnswers) throws IOException {
        this.random = new Random(seed);
        this.passesAnswers = passesAnswers;
        front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
        back.connect(new InetSocketAddress(bmc.host(), bmc.port())).configureBlocking(false);
        front.register(selector, SelectionKey.OP_READ);
        back.register(selector, SelectionKey.OP_READ);
        this.thread = new Thread(this::relay, "hostile-relay");
        thread.start();
    }

    int port() throws IOException {
        return ((InetSocketAddress) front.getLocalAddress()).getPort();
    }

    private void relay() {
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        SocketAddress console = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        try (front;
                back;
                selector) {
            while (!closed) {
                selector.select();
                selector.selectedKeys().clear();
                for (SocketAddress from = receive(front, buffer); from != null; from = receive(front, buffer)) {
                    console = from;
                    back.write(buffer.flip());
                }
                while (receive(back, buffer) != null) {
                    byte[] answer = new byte[buffer.flip().remaining()];
                    buffer.get(answer);
                    answer(answer, console);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SocketAddress receive(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        return channel.receive(buffer);
    }

    private void answer(byte[] answer, SocketAddress console) throws IOException {
        byte[] rubbish = new byte[random.nextInt(1500)];
        random.nextBytes(rubbish);
        front.send(ByteBuffer.wrap(rubbish), console);
        front.send(ByteBuffer.wrap(Arrays.copyOf(answer, random.nextInt(answer.length))), console);
        if (isInSession(answer)) {
            byte[] damaged = answer.clone();
            damaged[RMCP_HEADER_BYTES + random.nextInt(answer.length - RMCP_HEADER_BYTES)] ^= 0x10;
            front.send(ByteBuffer.wrap(damaged), console);
        }
        if (passesAnswers || !isInSession(answer)) {
            front.send(ByteBuffer.wrap(answer), console);
            front.send(ByteBuffer.wrap(answer), console);
        }
    }

    /** Answers of the handshake can be forged by anybody; those in a session can't. */
    private static boolean isInSession(byte[] answer) {
        return (answer[5] & 0xC0) == 0xC0;
    }

    @Override
    public void close() {
        closed = true;
        if (selector.isOpen()) {
            selector.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
