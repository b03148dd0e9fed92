package dev.ha4j.qnetd.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.qnetd.Heuristics;
import dev.ha4j.qnetd.HeuristicsCheck;
import dev.ha4j.qnetd.QnetdSettings;
import dev.ha4j.qnetd.TlsMode;
import dev.ha4j.qnetd.client.ClientSession;
import dev.ha4j.qnetd.client.Step;
import dev.ha4j.qnetd.wire.Decoded;
import dev.ha4j.qnetd.wire.QnetdCodec;
import dev.ha4j.qnetd.wire.RingId;
import dev.ha4j.quorum.DeviceAnswer;
import dev.ha4j.quorum.QuorumDevice;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A quorum device that asks a corosync-qnetd, or our witness. It keeps one connection, and makes it anew with growing delays. All
 * of it runs on one thread of its own; methods may be called from any thread, and don't block.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails shows as a connection that is lost
public final class QnetdDevice implements QuorumDevice {

    private static final Logger log = LoggerFactory.getLogger(QnetdDevice.class);
    private static final int TICKS_PER_HEARTBEAT = 20;

    /** How often the user's check is made while the ring lasts; corosync-qdevice makes it each 30 s where a heartbeat takes 8 s. */
    private static final int HEARTBEATS_PER_CHECK = 4;

    private final QnetdSettings settings;
    private final InetSocketAddress address;
    private final Optional<SslContext> tls;
    private final Optional<HeuristicsCheck> heuristics;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final ClientSession session;
    private Consumer<DeviceAnswer> listener = answer -> {};
    private long questions;
    private @Nullable Channel channel;
    private volatile Status status = new Status(0, false, Optional.of("not connected yet"), System.nanoTime());

    /**
     * What the device knows at one instant.
     *
     * @param ringSequence of the ring that was asked for last; 0 if none was
     * @param granted whether the arbiter's vote counts for that ring
     * @param problem why there is no working connection; empty if there is one
     * @param confirmedNanos when what the arbiter has confirmed last was sent, by {@link System#nanoTime}
     */
    public record Status(long ringSequence, boolean granted, Optional<String> problem, long confirmedNanos) {}

    private QnetdDevice(
            QnetdSettings settings,
            InetSocketAddress address,
            Optional<SslContext> tls,
            Optional<HeuristicsCheck> heuristics) {
        this.settings = settings;
        this.address = address;
        this.tls = tls;
        this.heuristics = heuristics;
        this.session = new ClientSession(settings, new SplittableRandom(), System.nanoTime());
    }

    /** A device without encryption and checks. */
    public static QnetdDevice plain(QnetdSettings settings, InetSocketAddress address) {
        return start(settings, address, Optional.empty(), Optional.empty());
    }

    /**
     * A device with encryption and without checks.
     *
     * @throws IOException if the certificates can't be used
     */
    public static QnetdDevice encrypted(QnetdSettings settings, InetSocketAddress address, QnetdTls tls)
            throws IOException {
        return start(settings, address, Optional.of(tls.forClient()), Optional.empty());
    }

    /**
     * A device that makes the user's check before each question, and from time to time while a ring lasts.
     *
     * @throws IOException if the certificates can't be used
     */
    public static QnetdDevice checked(
            QnetdSettings settings, InetSocketAddress address, Optional<QnetdTls> tls, HeuristicsCheck heuristics)
            throws IOException {
        Optional<SslContext> context = tls.isPresent() ? Optional.of(tls.get().forClient()) : Optional.empty();
        return start(settings, address, context, Optional.of(heuristics));
    }

    private static QnetdDevice start(
            QnetdSettings settings,
            InetSocketAddress address,
            Optional<SslContext> tls,
            Optional<HeuristicsCheck> heuristics) {
        if (tls.isEmpty() && settings.tls() != TlsMode.OFF) {
            throw new IllegalArgumentException("TLS is " + settings.tls() + ", and there are no certificates");
        }
        QnetdDevice device = new QnetdDevice(settings, address, tls, heuristics);
        device.loop.execute(device::tick);
        heuristics.ifPresent(check -> device.checkLater());
        return device;
    }

    @Override
    public void ask(long ringSequence, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer) {
        TreeSet<NodeId> asked = new TreeSet<>(members);
        RingId ring = new RingId(asked.first().value(), ringSequence);
        loop.execute(() -> {
            listener = answer;
            long question = ++questions;
            check().thenAcceptAsync(result -> ask(question, ring, asked, result), loop);
        });
    }

    /** The user's check; whatever goes wrong with it counts as failed. */
    private CompletableFuture<Heuristics> check() {
        if (heuristics.isEmpty()) {
            return CompletableFuture.completedFuture(Heuristics.UNDEFINED);
        }
        return CompletableFuture.completedFuture(heuristics.get())
                .thenCompose(HeuristicsCheck::begin)
                .orTimeout(settings.heartbeat().toMillis() / 2, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> Heuristics.FAIL);
    }

    private void checkLater() {
        long pauseNanos = HEARTBEATS_PER_CHECK * settings.heartbeat().toNanos();
        loop.schedule(() -> check().thenAcceptAsync(this::checked, loop), pauseNanos, TimeUnit.NANOSECONDS);
    }

    private void checked(Heuristics result) {
        carryOut(session.heuristicsChanged(result, System.nanoTime()));
        checkLater();
    }

    /** A check that ends after the ring has changed again is for nothing. */
    private void ask(long question, RingId ring, SortedSet<NodeId> members, Heuristics result) {
        if (question == questions) {
            carryOut(session.ask(ring, members, result, System.nanoTime()));
        }
    }

    public Status status() {
        return status;
    }

    @Override
    public String arbiter() {
        return settings.arbiter().orElseGet(() -> address.getHostString() + ":" + address.getPort());
    }

    @Override
    public Optional<String> problem() {
        return status.problem().map(reason -> address + ": " + reason);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        carryOut(session.tick(System.nanoTime()));
        long pauseNanos = settings.heartbeat().toNanos() / TICKS_PER_HEARTBEAT;
        loop.schedule(this::tick, pauseNanos, TimeUnit.NANOSECONDS);
    }

    private void carryOut(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.Connect) {
                connect();
            } else if (step instanceof Step.Send send) {
                send(send);
            } else if (step instanceof Step.StartTls) {
                startTls();
            } else if (step instanceof Step.Disconnect disconnect) {
                log.info("quorum device {}: disconnects: {}", address, disconnect.reason());
                hangUp();
            } else if (step instanceof Step.Voted voted) {
                log.info("quorum device {}: vote {}", address, voted.granted() ? "granted" : "withdrawn");
                listener.accept(new DeviceAnswer(voted.granted(), voted.tenure()));
            }
        }
        status = new Status(session.ringSequence(), session.granted(), session.problem(), session.confirmedNanos());
    }

    private void connect() {
        ChannelFuture attempt = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.heartbeat().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel created) {
                        created.pipeline().addLast(new Frames(), new Conversation());
                    }
                })
                .connect(address);
        channel = attempt.channel();
        attempt.addListener(done -> {
            if (!done.isSuccess()) {
                lost(attempt.channel(), String.valueOf(done.cause().getMessage()));
            }
        });
    }

    private void send(Step.Send send) {
        if (channel != null) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(QnetdCodec.encode(send.message())));
        }
    }

    /** What was written before goes out in the clear; the arbiter answers nothing to STARTTLS. */
    private void startTls() {
        Channel current = channel;
        if (current == null) {
            return;
        }
        current.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            SslHandler handler = tls.orElseThrow().newHandler(current.alloc());
            current.pipeline().addFirst(handler);
            handler.handshakeFuture().addListener(done -> handshaken(current, handler, done.cause()));
        });
    }

    private void handshaken(Channel of, SslHandler handler, @Nullable Throwable failure) {
        Optional<String> name =
                failure == null ? QnetdTls.peerName(handler.engine().getSession()) : Optional.empty();
        if (failure != null) {
            lost(of, "TLS failed: " + failure.getMessage());
        } else if (!name.equals(Optional.of(QnetdTls.SERVER_NAME))) {
            lost(of, "the certificate is for " + name.orElse("nobody") + ", not for " + QnetdTls.SERVER_NAME);
        } else if (of == channel) {
            carryOut(session.encrypted(System.nanoTime()));
        }
    }

    private void lost(Channel which, String reason) {
        which.close();
        if (which == channel) {
            channel = null;
            carryOut(session.disconnected(reason, System.nanoTime()));
        }
    }

    private void hangUp() {
        Channel current = channel;
        channel = null;
        if (current != null) {
            current.close();
        }
    }

    /** What comes in on one connection. */
    private final class Conversation extends SimpleChannelInboundHandler<Decoded> {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (ctx.channel() == channel) {
                carryOut(session.connected(System.nanoTime()));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Decoded decoded) {
            if (decoded instanceof Decoded.Rejected rejected) {
                lost(ctx.channel(), "the arbiter sent " + rejected.reason());
            } else if (decoded instanceof Decoded.Value value && ctx.channel() == channel) {
                log.trace("quorum device {}: {}", address, value.message());
                carryOut(session.received(value.message(), System.nanoTime()));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            lost(ctx.channel(), "the arbiter closed the connection");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            lost(ctx.channel(), String.valueOf(cause.getMessage()));
        }
    }
}
