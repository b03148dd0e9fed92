package dev.ha4j.examples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network in front of one machine: what is sent to its address is passed on to the port that it really binds, except to and
 * from machines that are cut off. Unlike a closed port, a cut refuses nothing: there is silence.
 */
final class Relay implements AutoCloseable {

    /** Where a packet's clear header has the number of its sender. */
    private static final int SENDER_OFFSET = 6;

    private static final int MAX_DATAGRAM_BYTES = 65_536;

    private final int node;
    private final InetSocketAddress target;
    private final DatagramChannel channel;
    private final Set<Integer> cut = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    Relay(int node, InetSocketAddress address, InetSocketAddress target) {
        this.node = node;
        this.target = target;
        try {
            this.channel = DatagramChannel.open().bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException("can't bind " + address, e);
        }
        this.thread = new Thread(this::passOn, "relay-" + node);
        thread.setDaemon(true);
        thread.start();
    }

    /** Drops what comes from this node, and everything if it is the node behind this relay. */
    void cut(int other) {
        cut.add(other);
    }

    void heal() {
        cut.clear();
    }

    private void passOn() {
        ByteBuffer packet = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
        while (channel.isOpen()) {
            try {
                packet.clear();
                channel.receive(packet);
                packet.flip();
                if (!isCut(packet)) {
                    channel.send(packet, target);
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // A network loses packets without a word.
            }
        }
    }

    private boolean isCut(ByteBuffer packet) {
        boolean hasSender = packet.limit() >= SENDER_OFFSET + Short.BYTES;
        return cut.contains(node) || (hasSender && cut.contains(Short.toUnsignedInt(packet.getShort(SENDER_OFFSET))));
    }

    @Override
    public void close() {
        try {
            channel.close();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
