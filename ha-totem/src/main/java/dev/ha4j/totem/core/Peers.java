package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.RingConfig;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is configured, when each of them was last heard, and whether its host refuses packets: the two grounds of suspicion. A
 * suspicion that turns out to be false closes the fast path for that peer, twice as long each time.
 *
 * <p>Nodes learn of a change of the configuration one after the other. Who meets a node that a fellow member does not know yet
 * (or any more) would only break the ring for it: such a node is turned away for a while, longer each time.
 */
final class Peers {

    private static final int MAX_BACK_OFF_DOUBLINGS = 6;

    private final NodeId self;
    private final LossTimeout silence;
    private final long tokenTimeoutNanos;
    private final long backOffNanos;
    private final Map<NodeId, Peer> peers = new TreeMap<>();

    Peers(RingConfig config, LossTimeout silence, NodeId self, long now) {
        this.self = self;
        this.silence = silence;
        this.tokenTimeoutNanos = config.nanos(RingTime.TOKEN_TIMEOUT);
        this.backOffNanos = config.nanos(RingTime.SUSPICION_BACK_OFF);
        change(config.nodes(), now);
    }

    /** From now on these are configured. What is known of those who stay is kept, except for who was turned away. */
    void change(Collection<NodeId> nodes, long now) {
        peers.keySet().retainAll(nodes);
        for (NodeId node : nodes) {
            if (!node.equals(self)) {
                peers.computeIfAbsent(node, added -> new Peer(now)).welcome();
            }
        }
    }

    /** Those of them that are not configured here. */
    SortedSet<NodeId> unknown(Collection<NodeId> nodes) {
        TreeSet<NodeId> unknown = new TreeSet<>(nodes);
        unknown.removeAll(peers.keySet());
        unknown.remove(self);
        return unknown;
    }

    /** Whether everybody who is configured is among these. */
    boolean areAllAmong(SortedSet<NodeId> nodes) {
        return nodes.containsAll(peers.keySet());
    }

    /** A member of the ring does not know this node: no ring can have both. */
    void turnAway(NodeId node, long now) {
        Peer peer = peers.get(node);
        if (peer != null && !peer.isTurnedAway(now)) {
            peer.turnAway(now, tokenTimeoutNanos);
        }
    }

    boolean isTurnedAway(NodeId node, long now) {
        Peer peer = peers.get(node);
        return peer != null && peer.isTurnedAway(now);
    }

    int count() {
        return peers.size();
    }

    boolean knows(NodeId node) {
        return peers.containsKey(node);
    }

    /** Whether this proves a suspicion wrong. */
    boolean heard(NodeId node, long now) {
        Peer peer = peers.get(node);
        if (peer == null) {
            return false;
        }
        boolean falselySuspected = peer.suspected;
        peer.heardAt = now;
        peer.refused = false;
        peer.suspected = false;
        if (falselySuspected) {
            peer.closeFastPath(now, backOffNanos);
        }
        return falselySuspected;
    }

    /** Whether this makes it a suspect. */
    boolean refused(NodeId node, long now) {
        Peer peer = peers.get(node);
        if (peer == null || !peer.fastPathOpen(now)) {
            return false;
        }
        peer.refused = true;
        return true;
    }

    /** A peer that somebody has heard and that we have just learned to wait for: what we knew of it is out of date. */
    void expect(NodeId node, long now) {
        Peer peer = peers.get(node);
        if (peer != null) {
            peer.heardAt = now;
            peer.refused = false;
        }
    }

    /** This process did not run for a while, so that silence means nothing. */
    void forgetSilence(long now) {
        for (Peer peer : peers.values()) {
            peer.heardAt = now;
            peer.suspected = false;
            peer.refused = false;
        }
    }

    /** The ring went on without these, or with them: either way the question is settled. */
    void settle() {
        for (Peer peer : peers.values()) {
            peer.suspected = false;
            peer.refused = false;
        }
    }

    /** Those among the candidates that are suspect now; remembers that they were. */
    SortedSet<NodeId> suspect(Collection<NodeId> candidates, long now) {
        SortedSet<NodeId> suspects = suspects(candidates, now);
        for (NodeId node : suspects) {
            Peer peer = peers.get(node);
            if (peer != null) {
                peer.suspected = true;
            }
        }
        return suspects;
    }

    SortedSet<NodeId> suspects(Collection<NodeId> candidates, long now) {
        TreeSet<NodeId> suspects = new TreeSet<>();
        for (NodeId node : candidates) {
            Peer peer = peers.get(node);
            if (peer != null && peer.fastPathOpen(now) && (peer.refused || now - peer.heardAt >= silence.nanos())) {
                suspects.add(node);
            }
        }
        return suspects;
    }

    /** When the next of the candidates turns suspect if it stays silent; {@link Long#MAX_VALUE} if none can. */
    long nextSuspicion(Collection<NodeId> candidates, long now) {
        long next = Long.MAX_VALUE;
        for (NodeId node : candidates) {
            Peer peer = peers.get(node);
            if (peer != null && peer.fastPathOpen(now) && !peer.refused && now - peer.heardAt < silence.nanos()) {
                next = Math.min(next, peer.heardAt + silence.nanos());
            }
        }
        return next;
    }

    private static final class Peer {
        private long heardAt;
        private boolean refused;
        private boolean suspected;
        private int doublings;
        private boolean fastPathClosed;
        private long closedUntil;
        private boolean turnedAway;
        private long turnedAwayUntil;
        private int turnings;

        Peer(long now) {
            heardAt = now;
        }

        boolean fastPathOpen(long now) {
            if (fastPathClosed && closedUntil - now <= 0) {
                fastPathClosed = false;
            }
            return !fastPathClosed;
        }

        void closeFastPath(long now, long backOffNanos) {
            fastPathClosed = true;
            closedUntil = now + (backOffNanos << doublings);
            doublings = Math.min(doublings + 1, MAX_BACK_OFF_DOUBLINGS);
        }

        void welcome() {
            turnedAway = false;
            turnings = 0;
        }

        boolean isTurnedAway(long now) {
            turnedAway &= turnedAwayUntil - now > 0;
            return turnedAway;
        }

        void turnAway(long now, long forNanos) {
            turnedAway = true;
            turnedAwayUntil = now + (forNanos << turnings);
            turnings = Math.min(turnings + 1, MAX_BACK_OFF_DOUBLINGS);
        }
    }
}
