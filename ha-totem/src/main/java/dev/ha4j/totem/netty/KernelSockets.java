package dev.ha4j.totem.netty;

import dev.ha4j.api.config.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetSocketAddress;

/** The kernel's sockets, by one of the ways to them. Instances have no state and may be shared. */
interface KernelSockets {

    /** As reported. */
    SocketKind kind();

    /** The loop's half. */
    IoHandlerFactory loop();

    DatagramChannel open(SocketProtocolFamily family);

    /**
     * Prepares a socket for receiving.
     *
     * @param datagramBytes no datagram on its network is larger
     * @param reads how often it is read in one turn of the loop
     */
    void prepareToReceive(Channel channel, int datagramBytes, int maxDatagramBytes, int reads);

    /** The socket's receive buffer, in the measure in which it is asked for. */
    int receiveBufferBytes(DatagramChannel channel);

    /** Whether kernel or network card can cut datagrams out of one buffer ({@code UDP_SEGMENT}). */
    boolean canCut();

    /**
     * What a channel has to be given to send the buffer's bytes as datagrams of that size, the last of which may be shorter.
     * Only if it {@link #canCut}.
     *
     * @param to where the channel is connected to
     */
    Object cut(ByteBuf datagrams, int datagramBytes, InetSocketAddress to);

    /** Whether the write of a buffer that was to be cut may have failed because it was to be cut. */
    boolean mayNotCut(Throwable cause);

    /** Whether a write failed because nobody listens there, as an answer to an earlier datagram told. */
    boolean isRefusal(Throwable cause);

    /**
     * The sockets of this kind.
     *
     * @throws IllegalStateException if it was asked for by name, and can't be had
     */
    static KernelSockets of(SocketKind kind) {
        if (kind == SocketKind.NIO) {
            return new NioSockets();
        }
        String missing = missingForEpoll();
        if (missing.isEmpty()) {
            return EpollSockets.open();
        }
        if (kind == SocketKind.EPOLL) {
            throw new IllegalStateException("sockets can't be EPOLL here: " + missing + ". Use AUTO or NIO, or add it");
        }
        return new NioSockets();
    }

    /** The one look at classes that may not be there. */
    private static String missingForEpoll() {
        try {
            Class.forName("io.netty.channel.epoll.Epoll", false, KernelSockets.class.getClassLoader());
            return EpollSockets.problem();
        } catch (ClassNotFoundException | LinkageError e) {
            return "netty-transport-native-epoll is not on the class path";
        }
    }
}
