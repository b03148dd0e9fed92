package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.LinkTraffic;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * One link to one peer: a connected socket, so that the kernel reports when nobody listens there.
 *
 * <p>One report proves little (a peer that has just restarted, a forged ICMP). So the first opens a doubt: the peer is asked
 * to answer at once, and counts as refused if a second report comes and nothing is heard within the wait. On the loop only.
 */
final class PeerLink {

    private final NodeId peer;
    private final int number;
    private final InetSocketAddress address;
    private final LinkSocket socket;
    private final LinkCounters counters;
    private final long refusalWaitNanos;
    private final PathSize size;
    private final LinkHealth health;
    private final LinkHealth group;
    private long lastSentNanos;
    private long packetsOut;
    private long bytesOut;
    private long packetsIn;
    private long bytesIn;
    private long refusals;
    private boolean questionOpen;
    private boolean doubted;
    private boolean refusedAgain;
    private boolean refused;
    private long doubtEndsNanos;

    PeerLink(
            NodeId peer,
            int number,
            InetSocketAddress address,
            LinkSocket socket,
            LinkCounters counters,
            long refusalWaitNanos,
            PathSize size,
            LinkHealth health,
            LinkHealth group) {
        this.peer = peer;
        this.number = number;
        this.address = address;
        this.socket = socket;
        this.counters = counters;
        this.refusalWaitNanos = refusalWaitNanos;
        this.size = size;
        this.health = health;
        this.group = group;
    }

    /** A link with the settings of its ring; its sockets take datagrams of {@code wantedBytes}. */
    static PeerLink open(
            UdpRingConfig config,
            RingDriver driver,
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
                new LinkSocket(channel, address, sockets, driver.counters()),
                driver.counters(),
                config.refusalWait().toNanos(),
                new PathSize(driver.safeDatagramBytes(), wantedBytes, probeNanos, nowNanos),
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
                new LinkTraffic(packetsOut, bytesOut, packetsIn, bytesIn, refusals),
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
        socket.send(batch, this::onRefusal, nowNanos);
    }

    /** Whether what goes to the link's multicast group arrives at this peer. */
    LinkHealth group() {
        return group;
    }

    void received(int bytes) {
        packetsIn++;
        bytesIn += bytes;
    }

    void onRefusal(long nowNanos) {
        refusals++;
        counters.refusal();
        if (refusalWaitNanos == 0) {
            return; // where refusals count for nothing
        }
        if (doubted) {
            refusedAgain = true;
        } else if (!refused) {
            doubted = true;
            questionOpen = true;
            refusedAgain = false;
            doubtEndsNanos = nowNanos + refusalWaitNanos;
        }
    }

    void heard() {
        doubted = false;
        refused = false;
    }

    /** Whether a doubt has opened since the last call, so that the peer must be asked. */
    boolean takeQuestion() {
        boolean asked = questionOpen;
        questionOpen = false;
        return asked;
    }

    /** Ends a doubt whose time is over; true if the peer has thereby become refused. */
    boolean becomesRefused(long nowNanos) {
        if (!doubted || doubtEndsNanos - nowNanos > 0) {
            return false;
        }
        doubted = false;
        refused = refusedAgain;
        return refused;
    }

    boolean isRefused() {
        return refused;
    }

    boolean isQuiet(long nowNanos, long quietNanos) {
        return nowNanos - lastSentNanos >= quietNanos;
    }

    long deadlineNanos(long quietNanos) {
        long probeNanos = lastSentNanos + quietNanos;
        return doubted ? Math.min(probeNanos, doubtEndsNanos) : probeNanos;
    }
}
