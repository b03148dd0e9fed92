package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.Timer;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.Scope;
import dev.ha4j.totem.Submission;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TotemMessage;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.OpenResult;
import dev.ha4j.totem.security.OpenResult.Confirmed;
import dev.ha4j.totem.security.OpenResult.HandshakeReply;
import dev.ha4j.totem.security.OpenResult.Opened;
import dev.ha4j.totem.security.OutgoingHandshake;
import dev.ha4j.totem.security.PacketSecurity;
import dev.ha4j.totem.wire.DecodeResult;
import dev.ha4j.totem.wire.TotemCodec;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
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
 * <p>Every way in ends in {@link #settle}: what has become due goes out (hellos, probes, questions), and the timer is armed for
 * the earliest deadline of ring, security and links.
 */
final class RingDriver implements RingTransport {

    private static final Logger LOG = LoggerFactory.getLogger(UdpRing.class);

    private static final int FRAME_OVERHEAD_BYTES = 1 + PacketSecurity.OVERHEAD_BYTES;

    private final UdpRingConfig config;
    private final EventLoop loop;
    private final PacketSecurity security;
    private final TotemRing ring;
    private final RingListener listener;
    private final Map<NodeId, PeerRoute> routes = new TreeMap<>();
    private final List<Channel> channels = new ArrayList<>();
    private final LinkCounters counters;
    private final Transmitter transmitter;
    private final Feed feed;
    private final byte[] datagram;
    private final Prober prober;
    private final Freshness freshness;
    private final ProbePace beginning;
    private final ProbePace passingOn;
    private final ProbePace far;
    private final long timerSlackNanos;
    private @Nullable Timer timer;
    private long armedForNanos = Long.MAX_VALUE;
    private long receiveBufferBytes;
    private int packetBytes;
    private long startAtNanos;
    private boolean started;
    private boolean closed;
    private SortedSet<NodeId> membersOfRoutes = Collections.emptySortedSet();
    private List<PeerRoute> memberRoutes = List.of();

    RingDriver(
            UdpRingConfig config,
            EventLoop loop,
            PacketSecurity security,
            Transmitter transmitter,
            Feed feed,
            RingSequences sequences,
            RingListener listener,
            RandomGenerator random,
            UnaryOperator<RingTransport> watched) {
        this.config = config;
        this.loop = loop;
        this.security = security;
        this.transmitter = transmitter;
        this.counters = transmitter.counters();
        this.feed = feed;
        this.listener = listener;
        this.packetBytes = config.ring().maxPacketBytes();
        this.datagram = new byte[config.maxDatagramBytes()];
        this.prober = new Prober(security, transmitter);
        this.freshness = new Freshness(config.self());
        long probeIntervalNanos = config.probeInterval().toNanos();
        this.beginning = ProbePace.begins(probeIntervalNanos);
        this.passingOn = ProbePace.passesOn(probeIntervalNanos);
        this.far = ProbePace.far(config.farProbeInterval().toNanos());
        this.timerSlackNanos = probeIntervalNanos / 8;
        this.ring = new TotemRing(
                config.ring(), config.self(), new LoopSequences(sequences), watched.apply(this), listener, random);
    }

    LinkCounters counters() {
        return counters;
    }

    Groups groups() {
        return transmitter.groups();
    }

    /** The smallest of what the kernel granted to this node's sockets. */
    void receiveBuffer(int bytes) {
        receiveBufferBytes = bytes;
    }

    /** What the smallest configured packets come to on the wire. */
    int safeDatagramBytes() {
        return config.ring().maxPacketBytes() + FRAME_OVERHEAD_BYTES;
    }

    void add(Channel channel) {
        channels.add(channel);
    }

    void add(PeerRoute route) {
        routes.put(route.peer(), route);
        membersOfRoutes = Collections.emptySortedSet();
    }

    /** Other nodes are configured from now on, or are reached in other ways; these channels take no part any more. */
    void change(Collection<PeerRoute> newRoutes, SortedSet<NodeId> peers, List<Channel> unused) {
        transmitter.flush(now());
        routes.clear();
        newRoutes.forEach(this::add);
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
        startAtNanos = now() + config.startGrace().toNanos();
        settle();
    }

    Submission submit(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        if (closed) {
            return new Submission.WouldBlock();
        }
        Submission submission = ring.submit(lane, guarantee, payload, now());
        settle();
        return submission;
    }

    /** The clean way out; the listener hears of its end. */
    void leave() {
        if (started) {
            enter(TotemRing::leave);
        } else if (!closed) {
            close();
            listener.left();
        }
    }

    /** From here on nothing is received, sent or timed. */
    void close() {
        transmitter.flush(now());
        closed = true;
        for (Channel channel : channels) {
            ChannelFuture unused = channel.close();
        }
        if (timer != null) {
            timer.cancel();
        }
    }

    void changeKeys(List<ClusterKey> keys) {
        security.changeKeys(keys, now());
        settle();
    }

    UdpRingReport report() {
        return counters.report(security.report(), linkReports(), ring.report());
    }

    List<LinkReport> linkReports() {
        return routes.values().stream()
                .flatMap(route -> route.links().stream())
                .map(PeerLink::report)
                .toList();
    }

    /** Runs something on the ring, and arms the timer afterwards. The loop's one task boundary. */
    void enter(BiConsumer<TotemRing, Long> call) {
        if (closed) {
            return;
        }
        try {
            call.accept(ring, now());
            settle();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException cause) {
        LOG.error("the ring has failed", cause);
        close();
        listener.failed("internal error: " + cause);
    }

    /** One datagram; {@link #enter} comes after the last of a batch. */
    void received(int link, ByteBuf content, InetSocketAddress source) {
        if (closed) {
            return;
        }
        counters.packetIn();
        int length = content.readableBytes();
        if (length > datagram.length) {
            counters.oversized();
            return;
        }
        content.readBytes(datagram, 0, length);
        long nowNanos = now();
        try {
            OpenResult result = security.open(datagram, length, sender -> isFrom(sender, link, source), nowNanos);
            judge(result, link, length, nowNanos);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** What arrives on a link has to come from the sender's address on that link. */
    private boolean isFrom(NodeId sender, int link, InetSocketAddress source) {
        PeerRoute route = routes.get(sender);
        PeerLink from = route == null ? null : route.link(link);
        return from != null && from.isFrom(source.getAddress());
    }

    private void judge(OpenResult result, int link, int length, long nowNanos) {
        if (result instanceof Opened opened) {
            count(opened.sender(), link, length);
            onFrame(opened.sender(), opened.plaintext(), link, length, nowNanos);
        } else if (result instanceof HandshakeReply reply) {
            withRoute(reply.peer(), route -> transmitter.sendSealed(reply.datagram(), route, nowNanos));
            if (reply.confirmed()) {
                heard(reply.peer(), nowNanos);
            }
        } else if (result instanceof Confirmed confirmed) {
            heard(confirmed.peer(), nowNanos);
        }
    }

    private void count(NodeId sender, int number, int bytes) {
        PeerRoute route = routes.get(sender);
        PeerLink link = route == null ? null : route.link(number);
        if (link != null) {
            link.received(bytes);
        }
    }

    private void onFrame(NodeId sender, ByteBuffer frame, int number, int length, long nowNanos) {
        byte kind = frame.hasRemaining() ? frame.get() : Frame.PROBE;
        if (kind == Frame.MESSAGE) {
            onMessage(sender, frame, nowNanos);
            return;
        }
        heard(sender, nowNanos);
        PeerRoute route = routes.get(sender);
        PeerLink link = route == null ? null : route.link(number);
        if (link != null) {
            prober.onFrame(kind, frame, link, length, nowNanos);
        }
    }

    private void onMessage(NodeId sender, ByteBuffer body, long nowNanos) {
        withRoute(sender, PeerRoute::heard);
        DecodeResult decoded = TotemCodec.decode(body);
        if (decoded instanceof DecodeResult.Decoded accepted) {
            receive(sender, accepted.message(), nowNanos);
        } else if (decoded instanceof DecodeResult.Rejected rejected) {
            counters.undecodable(rejected.reason());
        }
    }

    /** Groups have sockets of their own. What was sent to them before the token is to be read before it, in this turn. */
    private void receive(NodeId sender, TotemMessage message, long nowNanos) {
        if (!started) {
            return;
        }
        if (message instanceof Token && !groups().all().isEmpty()) {
            loop.execute(() -> enter((r, laterNanos) -> r.receive(sender, message, laterNanos)));
        } else {
            ring.receive(sender, message, nowNanos);
        }
    }

    private void heard(NodeId peer, long nowNanos) {
        withRoute(peer, PeerRoute::heard);
        if (started) {
            ring.heard(peer, nowNanos);
        }
    }

    private void wake() {
        timer = null;
        counters.late(now() - armedForNanos, config.ring().tokenTimeout().toNanos() / 4);
        armedForNanos = Long.MAX_VALUE;
        enter((r, nowNanos) -> {
            if (started && r.nextDeadlineNanos() <= nowNanos) {
                r.tick(nowNanos);
            }
        });
    }

    private void probe(PeerRoute route, long nowNanos) {
        boolean isWorse = prober.tick(route, pace(route.peer()), nowNanos);
        prober.ask(route, nowNanos);
        if (isWorse && route.isRefused(nowNanos) && started) {
            LOG.debug("peer {} refuses packets and does not answer", route.peer());
            ring.refused(route.peer(), nowNanos);
        }
    }

    /** Each member watches its successor closely: the first to notice a death makes all others look for themselves. */
    private ProbePace pace(NodeId peer) {
        Optional<NodeId> successor = ring.successor();
        if (successor.isEmpty() || !successor.get().equals(peer)) {
            return far;
        }
        return peer.compareTo(config.self()) < 0 ? beginning : passingOn;
    }

    /** The packets of a ring are as large as the path to every living peer allows, and its window as its receivers do. */
    private void adaptToPaths() {
        int datagramBytes = config.maxDatagramBytes();
        for (PeerRoute route : routes.values()) {
            if (security.isConfirmed(route.peer())) {
                datagramBytes = Math.min(datagramBytes, route.provenBytes());
            }
        }
        int bytes = Math.min(datagramBytes - FRAME_OVERHEAD_BYTES, RingConfig.MAX_PACKET_BYTES);
        if (bytes != packetBytes) {
            packetBytes = bytes;
            ring.adapt(bytes, window(datagramBytes));
        }
    }

    /** Where the token may overtake messages, two rotations of them may wait in a socket. */
    private int window(int datagramBytes) {
        boolean overtakes =
                config.ring().acceleratedMessages() > 0 || !config.multicast().isEmpty();
        return ReceiveWindow.packets(overtakes ? receiveBufferBytes / 2 : receiveBufferBytes, datagramBytes);
    }

    /** Sends what has become due, starts the ring if it is time, and arms the timer. */
    void settle() {
        if (closed) {
            return;
        }
        long nowNanos = now();
        for (OutgoingHandshake due : security.due(nowNanos)) {
            withRoute(due.target(), route -> transmitter.sendSealed(due.datagram(), route, nowNanos));
        }
        for (PeerRoute route : routes.values()) {
            probe(route, nowNanos);
        }
        for (Group group : groups().all()) {
            prober.tickGroup(group, routes.values(), nowNanos);
        }
        adaptToPaths();
        if (!started && isTimeToStart(nowNanos)) {
            startRing(nowNanos);
        }
        if (started) {
            feed.into(ring, nowNanos);
        }
        transmitter.flush(nowNanos);
        arm(nowNanos);
    }

    private boolean isTimeToStart(long nowNanos) {
        return startAtNanos - nowNanos <= 0
                || routes.values().stream()
                        .allMatch(route -> route.isRefused(nowNanos) || security.isConfirmed(route.peer()));
    }

    private void startRing(long nowNanos) {
        started = true;
        ring.adapt(packetBytes, window(safeDatagramBytes()));
        ring.start(nowNanos);
        for (PeerRoute route : routes.values()) {
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
        long deadlineNanos = Math.min(security.nextDeadlineNanos(), started ? ring.nextDeadlineNanos() : startAtNanos);
        for (PeerRoute route : routes.values()) {
            deadlineNanos = Math.min(deadlineNanos, prober.deadlineNanos(route, pace(route.peer())));
        }
        for (Group group : groups().all()) {
            deadlineNanos = Math.min(deadlineNanos, prober.groupDeadlineNanos(group, routes.values()));
        }
        return deadlineNanos;
    }

    @Override
    public void multicast(TotemMessage message, Scope scope) {
        Collection<PeerRoute> targets =
                scope instanceof Scope.RingMembers ring ? routesOf(ring.members()) : routes.values();
        boolean byGroups = freshness.isFresh(message); // it may be a group that lost what is sent again
        transmitter.multicast(message, targets, byGroups, now());
    }

    /** The same object until the members change, so that what goes to them can wait for each other. */
    private Collection<PeerRoute> routesOf(SortedSet<NodeId> members) {
        if (members != membersOfRoutes) {
            membersOfRoutes = members;
            memberRoutes =
                    members.stream().map(routes::get).filter(Objects::nonNull).toList();
        }
        return memberRoutes;
    }

    @Override
    public void send(NodeId target, TotemMessage message) {
        withRoute(target, route -> transmitter.send(message, route, now()));
    }

    private void withRoute(NodeId peer, Consumer<PeerRoute> action) {
        PeerRoute route = routes.get(peer);
        if (route != null) {
            action.accept(route);
        }
    }

    private long now() {
        return loop.clock().nanoTime();
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
