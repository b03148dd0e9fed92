package dev.ha4j.totem.security.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.RejectReason;
import dev.ha4j.totem.security.packet.OpenResult.HandshakeReply;
import dev.ha4j.totem.security.packet.OpenResult.Opened;
import dev.ha4j.totem.security.packet.OpenResult.Rejected;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Boots nodes of a small cluster, carries their packets without a network, and looks at what becomes of them. */
final class Boots {

    static final long MILLI = 1_000_000L;
    static final NodeId A = NodeId.of(1);
    static final NodeId B = NodeId.of(2);
    static final NodeId C = NodeId.of(3);
    static final byte[] TOKEN = "token".getBytes(UTF_8);

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

    PacketSecurity boot(NodeId self, long nowNanos, SecurityLimits limits, ClusterKey... keys) {
        return boot(self, nowNanos, 0, limits, keys);
    }

    /** With something else to agree on than the others. */
    PacketSecurity boot(NodeId self, long nowNanos, long agreement) {
        return boot(self, nowNanos, agreement, SecurityLimits.DEFAULTS, key);
    }

    private PacketSecurity boot(NodeId self, long nowNanos, long agreement, SecurityLimits limits, ClusterKey... keys) {
        long boot = random.nextLong();
        SecurityConfig config = new SecurityConfig(
                "orders", self, peersOf(self), List.of(keys), boot, agreement, Optional.empty(), () -> 0, limits);
        return new PacketSecurity(config, new Random(random.nextLong()), nowNanos);
    }

    static SortedSet<NodeId> peersOf(NodeId self) {
        TreeSet<NodeId> peers = new TreeSet<>(List.of(A, B, C));
        peers.remove(self);
        return peers;
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

    /** The same packet but for one bit. */
    static byte[] flipped(byte[] packet, int bit) {
        byte[] copy = packet.clone();
        copy[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return copy;
    }

    static void assertOpens(PacketSecurity receiver, byte[] packet, NodeId sender, long nowNanos) {
        assertThat(open(receiver, packet, nowNanos)).isInstanceOfSatisfying(Opened.class, opened -> {
            assertThat(opened.sender()).isEqualTo(sender);
            assertThat(opened.plaintext()).isEqualTo(ByteBuffer.wrap(TOKEN));
        });
    }

    static void assertRejected(PacketSecurity receiver, byte[] packet, long nowNanos, RejectReason reason) {
        assertThat(open(receiver, packet, nowNanos)).isEqualTo(new Rejected(reason));
    }
}
