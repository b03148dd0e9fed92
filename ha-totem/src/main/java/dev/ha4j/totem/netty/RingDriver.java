package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TotemMessage;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.packet.OutgoingHandshake;
import dev.ha4j.totem.security.packet.PacketSecurity;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the ring on the loop: datagrams in, datagrams out, one timer.
 *
 * <p>Every way in ends in {@link #settle}: what has become due goes out (hellos, probes, questions, the ring's own), and the timer
 * is armed for the earliest deadline of ring, security and links.
 */
final class RingDriver {

    private static final Logger LOG = LoggerFactory.getLogger(UdpRing.class);

    private final UdpRingConfig config;
    private final EventLoop loop;
    private final PacketSecurity security;
    private final TotemRing ring;
    private final RingListener listener;
    private final Routes routes = new Routes();
    private final List<Channel> channels = new ArrayList<>();
    private final LinkCounters counters;
    private final Transmitter transmitter;
    private final Submissions submissions;
    private final LinkMonitor monitor;
    private final Incoming incoming;
    private final PacketSizing sizing;
    private final WakeUp wakeUp;
    private OptionalLong startAtNanos = OptionalLong.empty();
    private OptionalLong leaveAtNanos = OptionalLong.empty();
    private boolean started;
    private boolean closed;

    RingDriver(
            UdpRingConfig config,
            EventLoop loop,
            PacketSecurity security,
            Transmitter transmitter,
            Submissions submissions,
            RingSequences sequences,
            RingListener listener,
            RandomGenerator random,
            UnaryOperator<RingTransport> watched) {
        this.config = config;
        this.loop = loop;
        this.security = security;
        this.transmitter = transmitter;
        this.counters = transmitter.counters();
        this.submissions = submissions;
        this.listener = listener;
        this.monitor = new LinkMonitor(config, routes, security, transmitter);
        this.incoming =
                new Incoming(security, routes, monitor, transmitter, config.maxDatagramBytes(), new RingInput());
        this.sizing = new PacketSizing(config, monitor, counters);
        this.wakeUp = new WakeUp(config, loop, counters, this::enter);
        RingTransport transport = new RoutedTransport(config.self(), routes, transmitter, monitor, loop.clock());
        this.ring = new TotemRing(
                config.ring(),
                config.self(),
                new LoopSequences(sequences, answer -> enterLater((r, nowNanos) -> answer.run())),
                watched.apply(transport),
                listener,
                random);
    }

    LinkCounters counters() {
        return counters;
    }

    Groups groups() {
        return transmitter.groups();
    }

    void add(Channel channel) {
        channels.add(channel);
    }

    /** Other nodes are configured from now on, or are reached in other ways; these channels take no part any more. */
    void change(Collection<PeerRoute> newRoutes, SortedSet<NodeId> peers, List<Channel> unused) {
        transmitter.flush(now());
        routes.become(newRoutes);
        monitor.changed();
        enter((r, nowNanos) -> {
            security.changePeers(peers, nowNanos);
            TreeSet<NodeId> nodes = new TreeSet<>(peers);
            nodes.add(config.self());
            r.changeNodes(nodes, nowNanos);
        });
        unused.forEach(this::discard);
    }

    /** This channel takes no part any more. */
    void discard(Channel channel) {
        channels.remove(channel);
        ChannelFuture unused = channel.close();
    }

    boolean isClosed() {
        return closed;
    }

    /** Says hello to all; the ring starts when all have answered or refused, or after the grace. */
    void start() {
        startAtNanos = OptionalLong.of(now() + config.startGrace().toNanos());
        enter();
    }

    /**
     * The clean way out; the listener hears of its end. What was submitted before has half of the close timeout to reach everybody,
     * and the good-bye the rest.
     */
    void leave() {
        if (leaveAtNanos.isEmpty()) {
            leaveAtNanos = OptionalLong.of(now() + config.closeTimeout().toNanos() / 2);
        }
        enter();
    }

    /** From here on nothing is received, sent or timed. */
    void close() {
        if (!closed) {
            closed = true;
            try {
                transmitter.flush(now());
            } finally {
                release();
            }
        }
    }

    private void release() {
        submissions.abandon();
        for (Channel channel : channels) {
            ChannelFuture unused = channel.close();
        }
        wakeUp.cancel();
    }

    void changeKeys(List<ClusterKey> keys) {
        security.changeKeys(keys, now());
        monitor.changed();
        enter();
    }

    void changeIdentity(NodeIdentity identity) {
        security.changeIdentity(identity);
        monitor.changed();
        enter();
    }

    UdpRingReport report() {
        List<LinkReport> links = routes.links().map(PeerLink::report).toList();
        return counters.report(security.report(now()), links, ring.report());
    }

    /** Does what has become due. */
    void enter() {
        enter((r, nowNanos) -> {});
    }

    /** As {@link #enter(BiConsumer)}, in a later turn of the loop. From any thread. */
    void enterLater(BiConsumer<TotemRing, Long> call) {
        loop.execute(() -> enter(call));
    }

    /** Runs something on the ring, and does what has become due afterwards. The loop's one task boundary. */
    void enter(BiConsumer<TotemRing, Long> call) {
        if (closed) {
            return;
        }
        try {
            call.accept(ring, now());
            settle();
        } catch (Throwable e) { // whatever it was, the ring's state is half changed, and nobody else would hear of it
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        LOG.error("the ring has failed", cause);
        try {
            close();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
        listener.failed("internal error: " + cause);
    }

    /** One datagram; {@link #enter()} comes after the last of a batch. */
    void received(int link, ByteBuf content, InetSocketAddress source) {
        if (closed) {
            return;
        }
        try {
            incoming.received(link, content, source, now());
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void watchLinks(long nowNanos) {
        Optional<NodeId> successor = ring.successor();
        if (!monitor.isDue(successor, nowNanos)) {
            return;
        }
        for (NodeId refusing : monitor.look(successor, nowNanos)) {
            if (started) {
                LOG.debug("peer {} refuses packets and does not answer", refusing);
                ring.refused(refusing, nowNanos);
            }
        }
        sizing.adapt(ring, nowNanos);
    }

    /** Sends what has become due, starts the ring if it is time, and arms the timer. */
    private void settle() {
        if (closed) {
            return;
        }
        long nowNanos = now();
        for (OutgoingHandshake due : security.due(nowNanos)) {
            routes.to(due.target()).ifPresent(route -> transmitter.sendSealed(due.datagram(), route, nowNanos));
        }
        watchLinks(nowNanos);
        if (!started && isTimeToStart(nowNanos)) {
            startRing(nowNanos);
        }
        if (started) {
            submissions.into(ring, nowNanos);
            if (ring.nextDeadlineNanos() <= nowNanos) {
                ring.tick(nowNanos);
            }
        }
        leaveIfDue(nowNanos);
        if (!closed) {
            transmitter.flush(nowNanos);
            wakeUp.at(deadlineNanos(), nowNanos);
        }
    }

    private void leaveIfDue(long nowNanos) {
        if (leaveAtNanos.isEmpty()) {
            return;
        }
        boolean waits = startAtNanos.isPresent() && !(submissions.isEmpty() && ring.isDrained());
        if (waits && leaveAtNanos.getAsLong() - nowNanos > 0) {
            return;
        }
        leaveAtNanos = OptionalLong.empty();
        if (started) {
            ring.leave(nowNanos);
        } else {
            close();
            listener.left();
        }
    }

    private boolean isTimeToStart(long nowNanos) {
        if (startAtNanos.isEmpty()) {
            return false;
        }
        return startAtNanos.getAsLong() - nowNanos <= 0
                || routes.all().stream()
                        .allMatch(route -> route.isRefused(nowNanos) || security.isConfirmed(route.peer()));
    }

    private void startRing(long nowNanos) {
        started = true;
        sizing.begin(ring);
        ring.start(nowNanos);
        for (PeerRoute route : routes.all()) {
            if (route.isRefused(nowNanos)) {
                ring.refused(route.peer(), nowNanos);
            }
        }
    }

    private long deadlineNanos() {
        long ofRing = started ? ring.nextDeadlineNanos() : startAtNanos.orElse(Long.MAX_VALUE);
        long ofOwner = Math.min(ofRing, leaveAtNanos.orElse(Long.MAX_VALUE));
        return Math.min(Math.min(security.nextDeadlineNanos(), ofOwner), monitor.deadlineNanos());
    }

    private long now() {
        return loop.clock().nanoTime();
    }

    /** What comes in, to the ring once it has started. */
    private final class RingInput implements Incoming.Sink {
        @Override
        public void message(NodeId sender, TotemMessage message, long nowNanos) {
            if (!started) {
                return;
            }
            if (isToken(message) && !groups().all().isEmpty()) {
                // what was sent to the groups before it, whose sockets are others, is read before it in this turn
                enterLater((r, laterNanos) -> r.receive(sender, message, laterNanos));
            } else {
                ring.receive(sender, message, nowNanos);
            }
        }

        private static boolean isToken(TotemMessage message) {
            return message instanceof Token || message instanceof TokenLoan;
        }

        @Override
        public void heard(NodeId sender, long nowNanos) {
            if (started) {
                ring.heard(sender, nowNanos);
            }
        }
    }
}
