package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.packet.PacketSecurity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Watches the links to all peers: sends what is due on them, and judges what came back. A busy ring has tens of thousands of
 * datagrams a second, and hardly ever one that matters here; so links are looked at when something is due, or has changed. What
 * links tell of themselves only makes later what is due, unless they have changed. On the loop only.
 */
final class LinkMonitor {

    private final NodeId self;
    private final Routes routes;
    private final PacketSecurity security;
    private final Transmitter transmitter;
    private final LinkCounters counters;
    private final Prober prober;
    private final long tokenTimeoutNanos;
    private final ProbePace beginning;
    private final ProbePace passingOn;
    private final ProbePace far;
    private Optional<NodeId> successor = Optional.empty();
    private boolean changed = true;
    private long refusalsSeen;
    private long dueNanos;
    private long deadlineNanos;

    LinkMonitor(UdpRingConfig config, Routes routes, PacketSecurity security, Transmitter transmitter) {
        this.self = config.self();
        this.routes = routes;
        this.security = security;
        this.transmitter = transmitter;
        this.counters = transmitter.counters();
        this.prober = new Prober(security, transmitter);
        this.tokenTimeoutNanos = config.ring().tokenTimeout().toNanos();
        long probeIntervalNanos = config.probeInterval().toNanos();
        this.beginning = ProbePace.begins(probeIntervalNanos);
        this.passingOn = ProbePace.passesOn(probeIntervalNanos);
        this.far = ProbePace.far(config.farProbeInterval().toNanos());
    }

    /** Links, or what is known of peers, have changed: they are looked at next time. */
    void changed() {
        changed = true;
    }

    /** A frame that is no message, of which {@code length} bytes arrived on this link. */
    void onFrame(byte kind, ByteBuffer body, PeerLink link, int length, long nowNanos) {
        changed |= prober.onFrame(kind, body, link, length, nowNanos);
    }

    /** Something that went to these has to be sent again. */
    void doubtSizes(Collection<PeerRoute> targets, long nowNanos) {
        for (PeerRoute route : targets) {
            for (PeerLink link : route.links()) {
                changed |= link.size().doubt(nowNanos);
            }
        }
    }

    /** Whether it is time for a {@link #look}. */
    boolean isDue(Optional<NodeId> newSuccessor, long nowNanos) {
        return changed
                || dueNanos <= nowNanos
                || counters.refusals() != refusalsSeen
                || !newSuccessor.equals(successor);
    }

    /**
     * Sends what is due on all links; those peers whose hosts have begun to refuse packets.
     *
     * @param newSuccessor on the ring: each member watches its successor closely, and the first to notice a death makes all
     *     others look for themselves
     */
    List<NodeId> look(Optional<NodeId> newSuccessor, long nowNanos) {
        changed = false;
        successor = newSuccessor;
        refusalsSeen = counters.refusals();
        List<NodeId> refusing = new ArrayList<>();
        for (PeerRoute route : routes.all()) {
            boolean isWorse = prober.tick(route, pace(route.peer()), nowNanos);
            prober.ask(route, nowNanos);
            if (isWorse && route.isRefused(nowNanos)) {
                refusing.add(route.peer());
            }
        }
        for (Group group : transmitter.groups().all()) {
            prober.tickGroup(group, routes.all(), nowNanos);
        }
        lookLater();
        return refusing;
    }

    /** What is sent in between can only make it later. */
    private void lookLater() {
        dueNanos = Long.MAX_VALUE;
        deadlineNanos = Long.MAX_VALUE;
        for (PeerRoute route : routes.all()) {
            ProbePace pace = pace(route.peer());
            dueNanos = Math.min(dueNanos, prober.dueNanos(route, pace));
            deadlineNanos = Math.min(deadlineNanos, prober.deadlineNanos(route, pace));
        }
        for (Group group : transmitter.groups().all()) {
            deadlineNanos = Math.min(deadlineNanos, prober.groupDeadlineNanos(group, routes.all()));
        }
        dueNanos = Math.min(dueNanos, deadlineNanos);
    }

    /** When the loop has to wake up for a {@link #look}. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    private ProbePace pace(NodeId peer) {
        if (successor.isEmpty() || !successor.get().equals(peer)) {
            return far;
        }
        return peer.compareTo(self) < 0 ? beginning : passingOn;
    }

    /** The largest datagram that gets to every living peer, if it is not more than that. */
    int provenBytes(int mostBytes, long nowNanos) {
        int bytes = mostBytes;
        for (PeerRoute route : routes.all()) {
            if (security.isConfirmed(route.peer()) && route.isAlive(tokenTimeoutNanos, nowNanos)) {
                bytes = Math.min(bytes, route.provenBytes());
            }
        }
        return bytes;
    }
}
