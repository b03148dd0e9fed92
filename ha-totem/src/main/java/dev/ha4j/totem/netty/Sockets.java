package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Opens the sockets of one node; blocks, so not on the loop. */
final class Sockets {

    private static final int PAGE_BYTES = 8 << 10;
    private static final int CHUNK_ORDER = 5;
    private static final int SMALL_CACHE = 32;
    private static final int NORMAL_CACHE = 32;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;

    private final UdpRingConfig config;
    private final NettyLoop loop;
    private final RingDriver driver;
    private final ByteBufAllocator buffers;

    /** Chunks of 256 KiB rather than netty's megabytes: a ring needs few buffers, and lives inside somebody's process. */
    static ByteBufAllocator buffers() {
        return new PooledByteBufAllocator(true, 0, 1, PAGE_BYTES, CHUNK_ORDER, SMALL_CACHE, NORMAL_CACHE, false);
    }

    Sockets(UdpRingConfig config, NettyLoop loop, RingDriver driver, ByteBufAllocator buffers) {
        this.config = config;
        this.loop = loop;
        this.driver = driver;
        this.buffers = buffers;
    }

    void open() throws IOException {
        SortedMap<NodeId, List<PeerLink>> links = new TreeMap<>();
        for (int number = 0; number < config.bind().size(); number++) {
            open(number, links);
        }
        links.forEach((peer, all) -> driver.add(new PeerRoute(peer, all, config.links())));
    }

    private void open(int number, SortedMap<NodeId, List<PeerLink>> links) throws IOException {
        InetSocketAddress own = config.bind().get(number);
        Channel bound =
                opened(bootstrap(new DatagramHandlers.Receiver(driver, number)).bind(own), "bind to " + own);
        driver.add(bound);
        driver.receiveBuffer(granted(bound));
        int wanted = datagramBytes(own.getAddress());
        for (NodeId peer : config.addresses().keySet()) {
            if (!peer.equals(config.self())) {
                links.computeIfAbsent(peer, p -> new ArrayList<>()).add(connect(peer, number, own, wanted));
            }
        }
    }

    /** What the kernel gives may be less than what was asked. */
    private int granted(Channel bound) {
        Integer bytes = bound.config().getOption(ChannelOption.SO_RCVBUF);
        return bytes == null ? config.socketBufferBytes() : bytes;
    }

    /** The largest datagram that the interface of this address takes in one piece. */
    private int datagramBytes(InetAddress own) throws IOException {
        NetworkInterface via = NetworkInterface.getByInetAddress(own);
        int headers = UDP_HEADER_BYTES + (own instanceof Inet6Address ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES);
        return via == null ? 0 : Math.min(config.maxDatagramBytes(), via.getMTU() - headers);
    }

    private PeerLink connect(NodeId peer, int number, InetSocketAddress own, int wantedBytes) throws IOException {
        InetSocketAddress remote = config.addressOf(peer, number);
        InetSocketAddress local = new InetSocketAddress(own.getAddress(), 0);
        Channel channel = opened(
                bootstrap(new ChannelInboundHandlerAdapter()).connect(remote, local), "open a socket for " + remote);
        PeerLink link = PeerLink.open(
                config, driver, peer, number, channel, wantedBytes, loop.clock().nanoTime());
        driver.add(channel);
        channel.pipeline().addLast(new DatagramHandlers.Refusals(driver, link));
        return link;
    }

    private Bootstrap bootstrap(ChannelHandler handler) {
        return new Bootstrap()
                .group(loop.netty())
                .channelFactory(() -> new NioDatagramChannel())
                .option(ChannelOption.ALLOCATOR, buffers)
                .option(ChannelOption.SO_RCVBUF, config.socketBufferBytes())
                .option(ChannelOption.SO_SNDBUF, config.socketBufferBytes())
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(config.maxDatagramBytes()))
                .handler(handler);
    }

    private static Channel opened(ChannelFuture opening, String what) throws IOException {
        opening.awaitUninterruptibly();
        if (!opening.isSuccess()) {
            throw new IOException("can't " + what, opening.cause());
        }
        return opening.channel();
    }
}
