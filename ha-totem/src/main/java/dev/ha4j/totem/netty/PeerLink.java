package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.api.report.LinkTraffic;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** One link to one peer: a connected socket, so that the kernel reports when nobody listens there. On the loop only. */
final class PeerLink implements LinkSocket.Failures {

    private final NodeId peer;
    private final int number;
    private final InetSocketAddress address;
    private final LinkSocket socket;
    private final LinkCounters counters;
    private final Doubt doubt;
    private final PathSize size;
    private final LinkHealth health;
    private final LinkHealth group;
    private final SendErrors errors;
    private long lastSentNanos;
    private long packetsOut;
    private long bytesOut;
    private long packetsIn;
    private long bytesIn;
    private long refusals;

    PeerLink(
            NodeId peer,
            int number,
            InetSocketAddress address,
            LinkSocket socket,
            LinkCounters counters,
            Doubt doubt,
            PathSize size,
            LinkHealth health,
            LinkHealth group) {
        this.peer = peer;
        this.number = number;
        this.address = address;
        this.socket = socket;
        this.counters = counters;
        this.doubt = doubt;
        this.size = size;
        this.health = health;
        this.group = group;
        this.errors = new SendErrors("node " + peer + " on link " + number);
    }

    /** A link with the settings of its ring; its sockets take datagrams of {@code wantedBytes}. */
    static PeerLink open(
            UdpRingConfig config,
            LinkCounters counters,
            NodeId peer,
            int number,
            Channel channel,
            KernelSockets sockets,
            int wantedBytes,
            long nowNanos) {
        long probeNanos = config.probeInterval().toNanos();
        long groupPingNanos = config.ring().tokenTimeout().toNanos();
        InetSocketAddress address = config.addressOf(peer, number);
        return new PeerLink(
                peer,
                number,
                address,
                new LinkSocket(channel, address, sockets, counters),
                counters,
                new Doubt(config.refusalWait().toNanos(), config.ring().times().nanos(RingTime.SUSPICION_BACK_OFF)),
                new PathSize(config.safeDatagramBytes(), wantedBytes, probeNanos, nowNanos),
                new LinkHealth(
                        config.pingInterval().toNanos(),
                        config.pingTimeout().toNanos(),
                        config.links().answersUntilUp(),
                        nowNanos),
                new LinkHealth(
                        groupPingNanos, groupPingNanos * 5 / 2, config.links().answersUntilUp(), nowNanos));
    }

    NodeId peer() {
        return peer;
    }

    int number() {
        return number;
    }

    /** True if it has just gone down. What it carries has to be proven anew when it comes back. */
    boolean goesDown(long nowNanos) {
        boolean down = health.goesDown(nowNanos);
        if (down) {
            size.forget();
        }
        return down;
    }

    /**
     * A ping that was sent then has come back. A link that comes up proves its size meanwhile, or it would make packets small first.
     *
     * @return whether it has just come up, or has something to ask
     */
    boolean answered(long sentNanos, long nowNanos) {
        boolean asks = !health.isUp() && size.askAgain(nowNanos);
        return health.answered(sentNanos, nowNanos) || asks;
    }

    PathSize size() {
        return size;
    }

    LinkHealth health() {
        return health;
    }

    Channel channel() {
        return socket.channel();
    }

    LinkReport report() {
        return new LinkReport(
                peer,
                number,
                address,
                health.isUp(),
                Duration.ofNanos(health.roundTripNanos()),
                Duration.ofNanos(health.shortestNanos()),
                Duration.ofNanos(health.longestNanos()),
                health.loss(),
                health.ups(),
                health.downs(),
                size.provenBytes(),
                new LinkTraffic(packetsOut, bytesOut, packetsIn, bytesIn, refusals, errors.count()),
                group.isUp());
    }

    /** Only the host is compared: a peer sends from ports of its kernel's choice. */
    boolean isFrom(InetAddress source) {
        return source.equals(address.getAddress());
    }

    /** Takes the batch over. */
    void send(Batch batch, long nowNanos) {
        lastSentNanos = nowNanos;
        packetsOut += batch.count();
        bytesOut += batch.bytes().readableBytes();
        socket.send(batch, this, nowNanos);
    }

    /** Whether what goes to the link's multicast group arrives at this peer. */
    LinkHealth group() {
        return group;
    }

    void received(int bytes) {
        packetsIn++;
        bytesIn += bytes;
    }

    @Override
    public void refused(long nowNanos) {
        refusals++;
        counters.refusal();
        doubt.reported(health.answerNanos(), nowNanos);
    }

    @Override
    public void failed(Throwable cause, long nowNanos) {
        errors.failed(cause, nowNanos);
    }

    /** Whether its host says that nobody listens there. */
    Doubt doubt() {
        return doubt;
    }

    boolean isQuiet(long nowNanos, long quietNanos) {
        return nowNanos - lastSentNanos >= quietNanos;
    }

    long deadlineNanos(long quietNanos) {
        return Math.min(lastSentNanos + quietNanos, doubt.deadlineNanos());
    }
}
