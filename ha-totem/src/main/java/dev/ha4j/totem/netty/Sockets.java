package dev.ha4j.totem.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens the sockets of one node. */
final class Sockets implements Endpoints {

    private static final int PAGE_BYTES = 8 << 10;
    private static final int CHUNK_ORDER = 5;
    private static final int SMALL_CACHE = 32;
    private static final int NORMAL_CACHE = 32;
    private static final int READS = 16;

    /** All that one rotation may have sent to the group, so that it is known before the token is looked at. */
    private static final int GROUP_READS = 64;

    private static final int UDP_HEADER_BYTES = 8;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;

    private final UdpRingConfig config;
    private final KernelSockets kernel;
    private final NettyLoop loop;
    private final RingDriver driver;
    private final ByteBufAllocator buffers;

    /** Chunks of 256 KiB rather than netty's megabytes: a ring needs few buffers, and lives inside somebody's process. */
    static ByteBufAllocator buffers() {
        return new PooledByteBufAllocator(true, 0, 1, PAGE_BYTES, CHUNK_ORDER, SMALL_CACHE, NORMAL_CACHE, false);
    }

    Sockets(UdpRingConfig config, KernelSockets kernel, NettyLoop loop, RingDriver driver, ByteBufAllocator buffers) {
        this.config = config;
        this.kernel = kernel;
        this.loop = loop;
        this.driver = driver;
        this.buffers = buffers;
    }

    @Override
    public CompletableFuture<Bound> bind(InetSocketAddress own, int link) {
        DatagramHandlers.Receiver receiver = new DatagramHandlers.Receiver(driver, link);
        return opened(bootstrap(own.getAddress(), receiver).bind(own), "bind to " + own)
                .thenCompose(opened -> orDiscard(opened, channel -> {
                    int largest = Math.max(datagramBytes(own.getAddress()), config.safeDatagramBytes());
                    kernel.prepareToReceive(channel, largest, config.maxDatagramBytes(), READS);
                    return join(own, link)
                            .thenApply(group -> new Bound(
                                    channel, receiver, kernel.receiveBufferBytes((DatagramChannel) channel), group));
                }));
    }

    /** The socket is the driver's, unless what is still to be done with it fails, or throws. */
    private <T> CompletableFuture<T> orDiscard(Channel channel, Function<Channel, CompletableFuture<T>> rest) {
        driver.add(channel);
        return CompletableFuture.completedFuture(channel).thenCompose(rest).whenComplete((done, failure) -> {
            if (failure != null) {
                driver.discard(channel);
            }
        });
    }

    /** The multicast group of the link, if it has one. */
    private CompletableFuture<Optional<Group>> join(InetSocketAddress own, int link) {
        if (link >= config.multicast().size()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        NetworkInterface via = interfaceOf(own.getAddress());
        if (via == null) {
            return CompletableFuture.failedFuture(
                    new IOException("no interface has " + own + ": multicast needs a node's own addresses"));
        }
        InetSocketAddress address = config.multicast().get(link);
        ChannelFuture connecting = bootstrap(own.getAddress(), new ChannelInboundHandlerAdapter())
                .option(ChannelOption.IP_MULTICAST_IF, via)
                .option(ChannelOption.IP_MULTICAST_LOOP_DISABLED, !hasPeerOnThisHost())
                .connect(address, new InetSocketAddress(own.getAddress(), 0));
        return opened(connecting, "open a socket for " + address)
                .thenCompose(opened -> orDiscard(
                        opened, out -> receive(address, via, out, own, link).thenApply(Optional::of)));
    }

    private CompletableFuture<Group> receive(
            InetSocketAddress address, NetworkInterface via, Channel out, InetSocketAddress own, int link) {
        DatagramHandlers.Receiver receiver =
                new DatagramHandlers.Receiver(driver, link, Optional.of(out.localAddress()));
        int largest = Math.max(datagramBytes(own.getAddress()), config.safeDatagramBytes());
        Bootstrap receiving = bootstrap(address.getAddress(), receiver).option(ChannelOption.SO_REUSEADDR, true);
        return opened(receiving.bind(address), "bind to " + address)
                .thenCompose(opened -> orDiscard(opened, in -> {
                    kernel.prepareToReceive(in, largest, config.maxDatagramBytes(), GROUP_READS);
                    ChannelFuture joining = ((DatagramChannel) in).joinGroup(address, via);
                    LinkSocket sending = new LinkSocket(out, address, kernel, driver.counters());
                    return opened(joining, "join " + address + " on " + via.getName())
                            .thenApply(joined -> new Group(link, sending, in, receiver, largest));
                }));
    }

    /** If so, what is sent to the group has to come back to this host, and to this node as well. */
    private boolean hasPeerOnThisHost() {
        return config.peers().stream()
                .flatMap(peer -> config.addresses().getOrDefault(peer, List.of()).stream())
                .anyMatch(address -> !address.isUnresolved()
                        && (address.getAddress().isLoopbackAddress() || interfaceOf(address.getAddress()) != null));
    }

    private static @Nullable NetworkInterface interfaceOf(InetAddress own) {
        try {
            return NetworkInterface.getByInetAddress(own);
        } catch (SocketException e) {
            throw new CompletionException(e);
        }
    }

    /** The largest datagram that the interface of this address takes in one piece. */
    private int datagramBytes(InetAddress own) {
        NetworkInterface via = interfaceOf(own);
        int headers = UDP_HEADER_BYTES + (own instanceof Inet6Address ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES);
        try {
            return via == null ? 0 : Math.min(config.maxDatagramBytes(), via.getMTU() - headers);
        } catch (SocketException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public CompletableFuture<PeerLink> connect(Way way, UdpRingConfig settings) {
        InetSocketAddress local = new InetSocketAddress(way.own().getAddress(), 0);
        ChannelFuture connecting = bootstrap(way.own().getAddress(), new ChannelInboundHandlerAdapter())
                .connect(way.remote(), local);
        return opened(connecting, "open a socket for " + way.remote())
                .thenCompose(opened -> orDiscard(opened, channel -> {
                    int wanted = datagramBytes(((InetSocketAddress) channel.localAddress()).getAddress());
                    long nowNanos = loop.clock().nanoTime();
                    PeerLink link = PeerLink.open(
                            settings, driver.counters(), way.peer(), way.link(), channel, kernel, wanted, nowNanos);
                    channel.pipeline().addLast(new DatagramHandlers.Refusals(driver, link, kernel));
                    return CompletableFuture.completedFuture(link);
                }));
    }

    private Bootstrap bootstrap(InetAddress own, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop.netty())
                .channelFactory(() -> kernel.open(family(own)))
                .option(ChannelOption.ALLOCATOR, buffers)
                .option(ChannelOption.SO_RCVBUF, config.socketBufferBytes())
                .option(ChannelOption.SO_SNDBUF, config.socketBufferBytes())
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(config.socketBufferBytes() / 2, config.socketBufferBytes()))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(config.maxDatagramBytes()))
                .handler(handler);
    }

    private static CompletableFuture<Channel> opened(ChannelFuture opening, String what) {
        CompletableFuture<Channel> opened = new CompletableFuture<>();
        opening.addListener(done -> {
            if (done.isSuccess()) {
                opened.complete(opening.channel());
            } else {
                opened.completeExceptionally(new IOException("can't " + what, done.cause()));
            }
        });
        return opened;
    }

    private static SocketProtocolFamily family(InetAddress own) {
        return own instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }
}
