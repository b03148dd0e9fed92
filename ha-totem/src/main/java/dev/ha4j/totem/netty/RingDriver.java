package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.Timer;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.Submission;
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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
    private final long timerSlackNanos;
    private @Nullable Timer timer;
    private long armedForNanos = Long.MAX_VALUE;
    private int packetBytes;
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
        this.packetBytes = config.ring().limits().maxPacketBytes();
        this.monitor = new LinkMonitor(config, routes, security, transmitter);
        this.incoming =
                new Incoming(security, routes, monitor, transmitter, config.maxDatagramBytes(), new RingInput());
        this.timerSlackNanos = config.probeInterval().toNanos() / 8;
        RingTransport transport = new RoutedTransport(config.self(), routes, transmitter, monitor, loop.clock());
        this.ring = new TotemRing(
                config.ring(), config.self(), new LoopSequences(sequences), watched.apply(transport), listener, random);
    }

    LinkCounters counters() {
        return counters;
    }

    Groups groups() {
        return transmitter.groups();
    }

    /** What the smallest configured packets come to on the wire. */
    int safeDatagramBytes() {
        return config.ring().limits().maxPacketBytes() + UdpRingConfig.FRAME_OVERHEAD_BYTES;
    }

    void add(Channel channel) {
        channels.add(channel);
    }

    void add(PeerRoute route) {
        routes.add(route);
        monitor.changed();
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
        enter((r, nowNanos) -> {});
    }

    Submission submit(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        if (closed) {
            return new Submission.WouldBlock();
        }
        Submission submission = ring.submit(lane, guarantee, payload, now());
        enter((r, nowNanos) -> {});
        return submission;
    }

    /**
     * The clean way out; the listener hears of its end. What was submitted before has half of the close timeout to reach everybody,
     * and the good-bye the rest.
     */
    void leave() {
        if (leaveAtNanos.isEmpty()) {
            leaveAtNanos = OptionalLong.of(now() + config.closeTimeout().toNanos() / 2);
        }
        enter((r, nowNanos) -> {});
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
        if (timer != null) {
            timer.cancel();
        }
    }

    void changeKeys(List<ClusterKey> keys) {
        security.changeKeys(keys, now());
        monitor.changed();
        enter((r, nowNanos) -> {});
    }

    void changeIdentity(NodeIdentity identity) {
        security.changeIdentity(identity);
        monitor.changed();
        enter((r, nowNanos) -> {});
    }

    UdpRingReport report() {
        return counters.report(security.report(now()), linkReports(), ring.report());
    }

    List<LinkReport> linkReports() {
        return routes.links().map(PeerLink::report).toList();
    }

    /** Runs something on the ring, and arms the timer afterwards. The loop's one task boundary. */
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

    /** One datagram; {@link #enter} comes after the last of a batch. */
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

    private void wake() {
        timer = null;
        counters.late(now() - armedForNanos, config.ring().tokenTimeout().toNanos() / 4);
        armedForNanos = Long.MAX_VALUE;
        enter((r, nowNanos) -> {});
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
        adaptToPaths(nowNanos);
    }

    /** The packets of a ring are as large as the path to every living peer allows, and its window as its receivers do. */
    private void adaptToPaths(long nowNanos) {
        int datagramBytes = monitor.provenBytes(config.maxDatagramBytes(), nowNanos);
        int bytes = Math.min(datagramBytes - UdpRingConfig.FRAME_OVERHEAD_BYTES, RingConfig.MAX_PACKET_BYTES);
        if (bytes != packetBytes) {
            packetBytes = bytes;
            ring.adapt(bytes, window(datagramBytes));
        }
    }

    /** Where the token may overtake messages, two rotations of them may wait in a socket. */
    private int window(int datagramBytes) {
        boolean overtakes = config.ring().flow().acceleratedMessages() > 0
                || !config.multicast().isEmpty();
        long receiveBufferBytes = counters.receiveBufferBytes();
        return ReceiveWindow.packets(overtakes ? receiveBufferBytes / 2 : receiveBufferBytes, datagramBytes);
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
            arm(nowNanos);
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
        ring.adapt(packetBytes, window(safeDatagramBytes()));
        ring.start(nowNanos);
        for (PeerRoute route : routes.all()) {
            if (route.isRefused(nowNanos)) {
                ring.refused(route.peer(), nowNanos);
            }
        }
    }

    /** A timer that is a little early is left alone: moving it for every packet would cost more than the wake-up. */
    private void arm(long nowNanos) {
        long deadlineNanos = deadlineNanos();
        long earlyNanos = deadlineNanos - armedForNanos;
        if (timer != null && earlyNanos >= 0 && earlyNanos <= timerSlackNanos) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        armedForNanos = deadlineNanos;
        timer = loop.schedule(Math.max(0, deadlineNanos - nowNanos), this::wake);
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
                loop.execute(() -> enter((r, laterNanos) -> r.receive(sender, message, laterNanos)));
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

    /** Brings the answers of the disk onto the loop. */
    private final class LoopSequences implements RingSequences {
        private final RingSequences sequences;

        LoopSequences(RingSequences sequences) {
            this.sequences = sequences;
        }

        @Override
        public long reservedUpTo() {
            return sequences.reservedUpTo();
        }

        @Override
        public void reserve(long upTo, Consumer<Boolean> done) {
            sequences.reserve(upTo, stored -> loop.execute(() -> enter((r, nowNanos) -> done.accept(stored))));
        }
    }
}
