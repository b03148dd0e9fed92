package dev.ha4j.totem.netty;

import dev.ha4j.api.config.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;

/** The JDK's. */
final class NioSockets implements KernelSockets {

    @Override
    public SocketKind kind() {
        return SocketKind.NIO;
    }

    @Override
    public IoHandlerFactory loop() {
        return NioIoHandler.newFactory();
    }

    @Override
    public DatagramChannel open(SocketProtocolFamily family) {
        return new NioDatagramChannel(family);
    }

    @Override
    public void prepareToReceive(Channel channel, int datagramBytes, int maxDatagramBytes, int reads) {
        channel.config()
                .setOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(maxDatagramBytes).maxMessagesPerRead(reads));
    }

    @Override
    public int receiveBufferBytes(DatagramChannel channel) {
        return channel.config().getReceiveBufferSize();
    }

    @Override
    public boolean canCut() {
        return false;
    }

    @Override
    public Object cut(ByteBuf datagrams, int datagramBytes, InetSocketAddress to) {
        throw new UnsupportedOperationException("the JDK can't");
    }

    @Override
    public boolean mayNotCut(Throwable cause) {
        return false;
    }

    @Override
    public boolean isRefusal(Throwable cause) {
        return cause instanceof PortUnreachableException;
    }
}
