package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.RejectReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The peers of this node, and those that were removed while it ran. */
final class PeerTable {

    /** Removed nodes that are remembered, so that what they still send can be named. */
    private static final int MAX_REMOVED = 64;

    private final SecurityLimits limits;
    private final RandomGenerator random;
    private final Map<Integer, PeerSessions> peers = new TreeMap<>();
    /** How often each removed node was refused, the one that was removed first in front. */
    private final LinkedHashMap<Integer, Long> removed = new LinkedHashMap<>();

    PeerTable(SortedSet<NodeId> peers, SecurityLimits limits, RandomGenerator random, long nowNanos) {
        this.limits = limits;
        this.random = random;
        add(peers, nowNanos);
    }

    private void add(SortedSet<NodeId> added, long nowNanos) {
        for (NodeId peer : added) {
            removed.remove(peer.value());
            peers.computeIfAbsent(peer.value(), id -> new PeerSessions(peer, limits, random, nowNanos));
        }
    }

    /** From now on these are the peers; true if one was left out. */
    boolean change(SortedSet<NodeId> newPeers, long nowNanos) {
        List<Integer> gone = peers.keySet().stream()
                .filter(id -> !newPeers.contains(NodeId.of(id)))
                .toList();
        gone.forEach(this::remove);
        add(newPeers, nowNanos);
        return !gone.isEmpty();
    }

    private void remove(int peer) {
        peers.remove(peer);
        removed.put(peer, 0L);
        if (removed.size() > MAX_REMOVED) {
            removed.remove(removed.keySet().iterator().next());
        }
    }

    @Nullable
    PeerSessions find(int sender) {
        return peers.get(sender);
    }

    Iterable<PeerSessions> all() {
        return peers.values();
    }

    /** Counts a packet of a node that is no peer, and says why it is refused. */
    RejectReason refuseStranger(int sender) {
        boolean wasPeer = removed.computeIfPresent(sender, (id, refused) -> refused + 1) != null;
        return wasPeer ? RejectReason.REMOVED_SENDER : RejectReason.UNKNOWN_SENDER;
    }

    SortedMap<NodeId, Integer> confirmedKeyIds() {
        return byPeer(PeerSessions::confirmedKeyId);
    }

    SortedMap<NodeId, Instant> certificateEnds() {
        return byPeer(PeerSessions::certificateEnds);
    }

    /** Whose last handshake was not believed, and why. */
    SortedMap<NodeId, RejectReason> doubts() {
        return byPeer(PeerSessions::doubt);
    }

    /** How often whoever claims a living peer's id was refused lately. */
    SortedMap<NodeId, Long> twins(long nowNanos) {
        return byPeer(peer -> Optional.of(peer.refusedClaims(nowNanos)).filter(refused -> refused > 0));
    }

    private <T> SortedMap<NodeId, T> byPeer(Function<PeerSessions, Optional<T>> question) {
        TreeMap<NodeId, T> answers = new TreeMap<>();
        peers.values().forEach(peer -> question.apply(peer).ifPresent(answer -> answers.put(peer.id(), answer)));
        return answers;
    }

    /** How often each removed node was refused. */
    SortedMap<NodeId, Long> removed() {
        TreeMap<NodeId, Long> refused = new TreeMap<>();
        removed.forEach((id, times) -> refused.put(NodeId.of(id), times));
        return refused;
    }

    /** Entries of all tables that what comes from outside may fill. */
    int remembered() {
        int claims =
                peers.values().stream().mapToInt(PeerSessions::rememberedClaims).sum();
        return removed.size() + claims;
    }
}
