package dev.ha4j.totem.netty;

import dev.ha4j.api.config.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;

/** Netty's native ones for Linux. Loaded only where netty's classes for it are. */
final class EpollSockets implements KernelSockets {

    /** What the kernel hands over at once of datagrams that arrived back to back. */
    private static final int GATHERED_BYTES = 65_535;

    /** Larger datagrams gain nothing by being gathered. */
    private static final int MAX_GATHERED_DATAGRAM_BYTES = GATHERED_BYTES / 4;

    /** Of Linux, where netty doesn't name them. */
    private static final int EIO_NEGATIVE = -5;

    private static final int EINVAL_NEGATIVE = -22;

    private EpollSockets() {}

    static KernelSockets open() {
        return new EpollSockets();
    }

    /** Empty if there is none. */
    static String problem() {
        return Epoll.isAvailable() ? "" : "the native library can't be loaded: " + Epoll.unavailabilityCause();
    }

    @Override
    public SocketKind kind() {
        return SocketKind.EPOLL;
    }

    @Override
    public IoHandlerFactory loop() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public DatagramChannel open(SocketProtocolFamily family) {
        return new EpollDatagramChannel(family);
    }

    @Override
    public void prepareToReceive(Channel channel, int datagramBytes, int maxDatagramBytes, int reads) {
        boolean gathers = canCut() && datagramBytes <= MAX_GATHERED_DATAGRAM_BYTES;
        boolean set = gathers && channel.config().setOption(EpollChannelOption.UDP_GRO, true);
        channel.config()
                .setOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(set ? GATHERED_BYTES : maxDatagramBytes)
                                .maxMessagesPerRead(reads));
    }

    /** Linux tells twice of what was asked for, as it needs the other half itself. The JDK takes that back, netty doesn't. */
    @Override
    public int receiveBufferBytes(DatagramChannel channel) {
        return channel.config().getReceiveBufferSize() / 2;
    }

    @Override
    public boolean canCut() {
        return EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    @Override
    public Object cut(ByteBuf datagrams, int datagramBytes, InetSocketAddress to) {
        return new SegmentedDatagramPacket(datagrams, datagramBytes, to);
    }

    /** A card that can't make checksums is EIO; a kernel, or a path on which one datagram doesn't fit, EINVAL. */
    @Override
    public boolean mayNotCut(Throwable cause) {
        return isError(cause, EIO_NEGATIVE) || isError(cause, EINVAL_NEGATIVE);
    }

    @Override
    public boolean isRefusal(Throwable cause) {
        return cause instanceof PortUnreachableException || isError(cause, Errors.ERROR_ECONNREFUSED_NEGATIVE);
    }

    private static boolean isError(Throwable cause, int number) {
        return cause instanceof Errors.NativeIoException e && e.expectedErr() == number;
    }
}
