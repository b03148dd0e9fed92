package dev.ha4j.qnetd.netty;

import dev.ha4j.qnetd.TlsMode;
import dev.ha4j.qnetd.WitnessSettings;
import dev.ha4j.qnetd.wire.Decoded;
import dev.ha4j.qnetd.wire.QnetdCodec;
import dev.ha4j.qnetd.witness.Step;
import dev.ha4j.qnetd.witness.Witness;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A witness that listens: the arbiter of many clusters, in place of corosync-qnetd. One thread of its own; methods may be called
 * from any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails shows as a connection that is lost
public final class WitnessServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WitnessServer.class);
    private static final long TICK_MILLIS = 100;

    private final Optional<SslContext> tls;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Witness witness;
    private final TreeMap<Long, Channel> channels = new TreeMap<>();
    private long connections;
    private final Channel listening;

    private WitnessServer(WitnessSettings settings, InetSocketAddress address, Optional<SslContext> tls)
            throws IOException {
        this.tls = tls;
        this.witness = new Witness(settings, System.nanoTime());
        this.listening = listen(address);
        loop.execute(this::tick);
    }

    /**
     * Listens at this address; port 0 stands for any that is free.
     *
     * @param certificates empty for a witness without encryption
     * @throws IOException if the address can't be bound or the certificates can't be used
     */
    public static WitnessServer start(
            WitnessSettings settings, InetSocketAddress address, Optional<QnetdTls> certificates) throws IOException {
        if (certificates.isEmpty() && settings.tls() != TlsMode.OFF) {
            throw new IllegalArgumentException("TLS is " + settings.tls() + ", and there are no certificates");
        }
        Optional<SslContext> context = certificates.isPresent()
                ? Optional.of(certificates.get().forServer(settings.clientCertificates()))
                : Optional.empty();
        return new WitnessServer(settings, address, context);
    }

    private Channel listen(InetSocketAddress address) throws IOException {
        try {
            return new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel created) {
                            created.pipeline().addLast(new Frames(), new Conversation(++connections));
                        }
                    })
                    .bind(address)
                    .sync()
                    .channel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Closes all connections; returns when the port is free again. */
    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void tick() {
        carryOut(witness.tick(System.nanoTime()));
        loop.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void carryOut(List<Step> steps) {
        for (Step step : steps) {
            Channel channel = channels.get(step.connection());
            if (channel == null) {
                continue;
            }
            if (step instanceof Step.Send send) {
                log.debug("to {}: {}", channel.remoteAddress(), send.message());
                channel.writeAndFlush(Unpooled.wrappedBuffer(QnetdCodec.encode(send.message())));
            } else if (step instanceof Step.StartTls start) {
                startTls(start.connection(), channel);
            } else if (step instanceof Step.Close close) {
                log.info("closes {}: {}", channel.remoteAddress(), close.reason());
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private void startTls(long connection, Channel channel) {
        SslHandler handler = tls.orElseThrow().newHandler(channel.alloc());
        channel.pipeline().addFirst(handler);
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                carryOut(witness.encrypted(
                        connection, QnetdTls.peerName(handler.engine().getSession())));
            } else {
                log.info(
                        "{}: TLS failed: {}",
                        channel.remoteAddress(),
                        done.cause().getMessage());
                channel.close();
            }
        });
        channel.pipeline().fireChannelRead(channel.pipeline().get(Frames.class).takeRest());
    }

    /** What comes in on one connection. */
    private final class Conversation extends SimpleChannelInboundHandler<Decoded> {

        private final long id;

        Conversation(long id) {
            this.id = id;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            channels.put(id, ctx.channel());
            carryOut(witness.opened(id, System.nanoTime()));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Decoded decoded) {
            if (decoded instanceof Decoded.Rejected rejected) {
                carryOut(witness.garbage(id, rejected.error(), rejected.reason()));
            } else if (decoded instanceof Decoded.Value value) {
                log.debug("from {}: {}", ctx.channel().remoteAddress(), value.message());
                carryOut(witness.received(id, value.message(), System.nanoTime()));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            channels.remove(id);
            carryOut(witness.closed(id, System.nanoTime()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            log.info("{}: {}", ctx.channel().remoteAddress(), cause.getMessage());
            ctx.close();
        }
    }
}
