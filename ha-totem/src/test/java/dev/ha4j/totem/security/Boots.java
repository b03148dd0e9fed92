package dev.ha4j.totem.security;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.OpenResult.HandshakeReply;
import java.util.Collection;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** Boots nodes of a small cluster, and carries their handshakes without a network. */
final class Boots {

    static final long MILLI = 1_000_000L;
    static final NodeId A = NodeId.of(1);
    static final NodeId B = NodeId.of(2);
    static final NodeId C = NodeId.of(3);

    private final Random random;
    private final ClusterKey key;

    Boots(long seed) {
        random = new Random(seed);
        key = ClusterKey.generate(random);
    }

    ClusterKey key() {
        return key;
    }

    PacketSecurity boot(NodeId self, long nowNanos) {
        return boot(self, nowNanos, SecurityLimits.DEFAULTS, key);
    }

    /** With something else to agree on than the others. */
    PacketSecurity boot(NodeId self, long nowNanos, long agreement) {
        TreeSet<NodeId> peers = new TreeSet<>(java.util.List.of(A, B, C));
        peers.remove(self);
        SecurityConfig config = new SecurityConfig(
                "orders",
                self,
                peers,
                java.util.List.of(key),
                random.nextLong(),
                agreement,
                Optional.empty(),
                () -> 0,
                SecurityLimits.DEFAULTS);
        return new PacketSecurity(config, new Random(random.nextLong()), nowNanos);
    }

    PacketSecurity boot(NodeId self, long nowNanos, SecurityLimits limits, ClusterKey... keys) {
        TreeSet<NodeId> peers = new TreeSet<>(java.util.List.of(A, B, C));
        peers.remove(self);
        long boot = random.nextLong();
        return new PacketSecurity(
                new SecurityConfig("orders", self, peers, java.util.List.of(keys), boot, limits),
                new Random(random.nextLong()),
                nowNanos);
    }

    /** The hello for {@code target} among those that are due. */
    static byte[] hello(Collection<OutgoingHandshake> due, NodeId target) {
        return due.stream()
                .filter(hello -> hello.target().equals(target))
                .findFirst()
                .orElseThrow()
                .datagram();
    }

    static OpenResult open(PacketSecurity receiver, byte[] datagram, long nowNanos) {
        return receiver.open(datagram, datagram.length, SourceCheck.ANY, nowNanos);
    }

    static byte[] reply(PacketSecurity receiver, byte[] datagram, long nowNanos) {
        return ((HandshakeReply) open(receiver, datagram, nowNanos)).datagram();
    }

    /** Runs one whole handshake that {@code first} opens. */
    static void shakeHands(PacketSecurity first, PacketSecurity second, NodeId secondId, long nowNanos) {
        byte[] acknowledgement = reply(second, hello(first.due(nowNanos), secondId), nowNanos);
        byte[] confirmation = reply(first, acknowledgement, nowNanos);
        open(second, confirmation, nowNanos);
    }
}
