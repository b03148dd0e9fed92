package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.api.config.LinkPolicy;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The links to one peer, and which of them a packet takes. On the loop only. */
final class PeerRoute {

    /** Of a round, which has 2^32 parts. */
    private static final int GOLDEN_SECTION = 0x9E3779B9;

    private final NodeId peer;
    private final List<PeerLink> links;
    private final List<PeerLink> byPriority;
    private final LinkPolicy policy;
    private int turn;
    private long heardNanos;

    /** @param links by number; those to where the peer's address is not known are missing */
    PeerRoute(NodeId peer, List<PeerLink> links, LinkOptions options, long nowNanos) {
        this.peer = peer;
        this.heardNanos = nowNanos;
        this.links = List.copyOf(links);
        this.policy = options.policy();
        this.byPriority = links.stream()
                .sorted(Comparator.comparing((PeerLink link) -> options.priority(link.number()))
                        .reversed())
                .toList();
    }

    NodeId peer() {
        return peer;
    }

    List<PeerLink> links() {
        return links;
    }

    /** The link of this number; null if the peer has no address there. */
    @Nullable
    PeerLink link(int number) {
        for (PeerLink link : links) {
            if (link.number() == number) {
                return link;
            }
        }
        return null;
    }

    /**
     * Takes the batch over.
     *
     * @param groups may already bring it to this peer
     */
    void send(Batch batch, Groups.Sending groups, long nowNanos) {
        int sent = switch (policy) {
            case PASSIVE -> sendOnFirst(0, batch, groups, nowNanos);
            case ROUND_ROBIN -> sendOnFirst(nextTurn(), batch, groups, nowNanos);
            case ACTIVE -> sendOnAll(true, batch, groups, nowNanos);
        };
        release(batch, sent, groups, nowNanos);
    }

    /** Tokens and messages have a rhythm, in which all messages could meet the same link; steps of a golden section have none. */
    private int nextTurn() {
        turn += GOLDEN_SECTION;
        return (int) ((Integer.toUnsignedLong(turn) * byPriority.size()) >>> Integer.SIZE);
    }

    /** The same on each link that is up, whatever the policy. */
    void sendOnEach(Batch batch, long nowNanos) {
        Groups.Sending unicast = Groups.Sending.UNICAST;
        release(batch, sendOnAll(true, batch, unicast, nowNanos), unicast, nowNanos);
    }

    /** If no link is up, all are tried. */
    private void release(Batch batch, int sent, Groups.Sending groups, long nowNanos) {
        if (sent == 0) {
            sendOnAll(false, batch, groups, nowNanos);
        }
        batch.release();
    }

    private int sendOnFirst(int from, Batch batch, Groups.Sending groups, long nowNanos) {
        for (int i = 0; i < byPriority.size(); i++) {
            PeerLink link = byPriority.get(Math.floorMod(from + i, byPriority.size()));
            if (link.health().isUp()) {
                send(link, batch, groups, nowNanos);
                return 1;
            }
        }
        return 0;
    }

    private int sendOnAll(boolean onlyUp, Batch batch, Groups.Sending groups, long nowNanos) {
        int sent = 0;
        for (PeerLink link : links) {
            if (!onlyUp || link.health().isUp()) {
                send(link, batch, groups, nowNanos);
                sent++;
            }
        }
        return sent;
    }

    private static void send(PeerLink link, Batch batch, Groups.Sending groups, long nowNanos) {
        if (!groups.reaches(link)) {
            link.send(batch.retained(), nowNanos);
        }
    }

    void heard(long nowNanos) {
        heardNanos = nowNanos;
        links.forEach(link -> link.doubt().heard(nowNanos));
    }

    /** Every link that could tell says that nobody listens there. */
    boolean isRefused(long nowNanos) {
        return links.stream().anyMatch(link -> link.doubt().isRefused())
                && links.stream()
                        .allMatch(link ->
                                link.doubt().isRefused() || link.health().isDown(nowNanos));
    }

    /** The peer has begun another life, or a session: what its links carry is asked again where it isn't proven. */
    void confirmed(long nowNanos) {
        links.forEach(link -> link.size().askAgain(nowNanos));
    }

    /** Whether anything authentic came within that time. */
    boolean isAlive(long withinNanos, long nowNanos) {
        return nowNanos - heardNanos < withinNanos;
    }

    /** The largest datagram that arrives by whatever link it takes: one that is up, or any if none is. */
    int provenBytes() {
        int bytes = Integer.MAX_VALUE;
        int bytesOfUp = Integer.MAX_VALUE;
        for (PeerLink link : links) {
            int proven = link.size().provenBytes();
            bytes = Math.min(bytes, proven);
            bytesOfUp = link.health().isUp() ? Math.min(bytesOfUp, proven) : bytesOfUp;
        }
        return bytesOfUp < Integer.MAX_VALUE ? bytesOfUp : bytes;
    }
}
