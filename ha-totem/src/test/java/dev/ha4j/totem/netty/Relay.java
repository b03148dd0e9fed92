package dev.ha4j.totem.netty;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Stands before a node's socket and passes on what it gets, unless it is cut. */
final class Relay implements AutoCloseable {

    private static final int MAX_DATAGRAM_BYTES = 65_507;
    private static final int BUFFER_BYTES = 4 << 20;

    private final DatagramSocket socket;
    private final InetSocketAddress target;
    private volatile boolean cut;

    Relay(InetSocketAddress target) throws IOException {
        this.target = target;
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setReceiveBufferSize(BUFFER_BYTES);
        Thread thread = new Thread(this::run, "relay to " + target);
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    void cut(boolean value) {
        cut = value;
    }

    private void run() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(MAX_DATAGRAM_BYTES);
                socket.receive(packet);
                if (!cut) {
                    packet.setSocketAddress(target);
                    socket.send(packet);
                }
            } catch (IOException e) {
                // Closed, or nobody listens there yet: either way the datagram is lost.
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
