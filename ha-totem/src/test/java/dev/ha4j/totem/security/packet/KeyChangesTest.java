package dev.ha4j.totem.security.packet;

import static dev.ha4j.totem.security.packet.Boots.A;
import static dev.ha4j.totem.security.packet.Boots.B;
import static dev.ha4j.totem.security.packet.Boots.MILLI;
import static dev.ha4j.totem.security.packet.Boots.TOKEN;
import static dev.ha4j.totem.security.packet.Boots.assertOpens;
import static dev.ha4j.totem.security.packet.Boots.assertRejected;
import static dev.ha4j.totem.security.packet.Boots.hello;
import static dev.ha4j.totem.security.packet.Boots.open;
import static dev.ha4j.totem.security.packet.Boots.reply;
import static dev.ha4j.totem.security.packet.Boots.shakeHands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.RejectReason;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A node changes the key of its sessions by itself, and that of the cluster when it is told to. */
class KeyChangesTest {

    private final Boots boots = new Boots(7);
    private final PacketSecurity a = boots.boot(A, 0);
    private final PacketSecurity b = boots.boot(B, 0);

    @Test
    void otherKeyAndOtherClusterAreRefused() {
        PacketSecurity stranger = boots.boot(A, 0, SecurityLimits.DEFAULTS, ClusterKey.generate(new Random(99)));
        assertRejected(b, hello(stranger.due(0), B), 0, RejectReason.AUTHENTICATION);
        PacketSecurity elsewhere = new PacketSecurity(
                new SecurityConfig("billing", A, new TreeSet<>(List.of(B)), boots.key(), 1), new Random(1), 0);
        assertRejected(b, hello(elsewhere.due(0), B), 0, RejectReason.AUTHENTICATION);
        PacketSecurity newKey =
                boots.boot(A, 0, SecurityLimits.DEFAULTS, boots.key().withId(2));
        assertRejected(b, hello(newKey.due(0), B), 0, RejectReason.UNKNOWN_KEY);
    }

    @Test
    void keysChangeWithoutAPause() {
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        PacketSecurity oldFirst = boots.boot(A, 0, SecurityLimits.DEFAULTS, boots.key(), next);
        PacketSecurity newFirst = boots.boot(B, 0, SecurityLimits.DEFAULTS, next, boots.key());
        shakeHands(oldFirst, newFirst, B, 0);
        assertOpens(newFirst, oldFirst.seal(TOKEN), A, 0);
        assertOpens(oldFirst, newFirst.seal(TOKEN), B, 0);
        assertThat(oldFirst.report(0).confirmedPeers()).containsEntry(B, 2);
    }

    @Test
    void keysChangeWhileRunning() {
        ClusterKey old = boots.key();
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        shakeHands(a, b, B, 0);
        a.changeKeys(List.of(old, next), 0);
        b.changeKeys(List.of(old, next), 0);
        a.changeKeys(List.of(next, old), MILLI);
        byte[] confirmation = reply(a, reply(b, hello(a.due(MILLI), B), MILLI), MILLI);
        open(b, confirmation, MILLI);
        assertOpens(b, a.seal(TOKEN), A, MILLI);
        assertThatThrownBy(() -> a.changeKeys(List.of(next), 2 * MILLI))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this node sends with key 1");
        a.due(1_100 * MILLI);
        assertThat(a.report(0).keyId()).isEqualTo(2);
        assertOpens(b, a.seal(TOKEN), A, 1_100 * MILLI);
        assertThatThrownBy(() -> a.changeKeys(List.of(next), 1_100 * MILLI))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("node 2 still sends with key 1");
        assertThat(a.report(0).acceptedKeyIds()).containsExactly(1, 2);
    }

    /** A change that was taken back has begun a session that is still to come. */
    @Test
    void aKeyIsNotDroppedWhileASessionUnderItWaits() {
        ClusterKey old = boots.key();
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        a.changeKeys(List.of(next, old), 0);
        a.due(0);
        a.changeKeys(List.of(old, next), MILLI);
        assertThatThrownBy(() -> a.changeKeys(List.of(old), 2 * MILLI))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this node sends with key 2");
    }

    /** A session under the new key is confirmed a while before its peer sends in it. */
    @Test
    void aKeyIsNotDroppedWhileDataStillComesUnderIt() {
        ClusterKey old = boots.key();
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        shakeHands(a, b, B, 0);
        assertOpens(b, a.seal(TOKEN), A, 0);
        a.changeKeys(List.of(old, next), 0);
        b.changeKeys(List.of(next, old), 0);
        b.due(0);
        b.due(1_100 * MILLI);
        a.changeKeys(List.of(next, old), 1_100 * MILLI);
        open(b, reply(a, reply(b, hello(a.due(1_100 * MILLI), B), 1_100 * MILLI), 1_100 * MILLI), 1_100 * MILLI);
        assertThat(b.report(0).confirmedPeers()).containsEntry(A, 2);
        assertOpens(b, a.seal(TOKEN), A, 1_200 * MILLI);
        assertThatThrownBy(() -> b.changeKeys(List.of(next), 1_200 * MILLI))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("node 1 still sends with key 1");
        a.due(2_200 * MILLI);
        assertOpens(b, a.seal(TOKEN), A, 2_200 * MILLI);
        b.changeKeys(List.of(next), 2_200 * MILLI);
        assertThat(b.report(0).acceptedKeyIds()).containsExactly(2);
    }

    @Test
    void aDroppedKeyOpensNothing() {
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        shakeHands(a, b, B, 0);
        b.changeKeys(List.of(next, boots.key()), 0);
        b.due(0);
        b.due(1_100 * MILLI);
        long quiet = 12_000 * MILLI;
        b.changeKeys(List.of(next), quiet);
        assertRejected(b, a.seal(TOKEN), quiet, RejectReason.UNKNOWN_SESSION);
        assertRejected(b, hello(boots.boot(A, quiet).due(quiet), B), quiet, RejectReason.UNKNOWN_KEY);
    }

    @Test
    void changesItsKeyBeforeTheBoundWithoutLosingAPacket() {
        SecurityLimits limits = SecurityLimits.DEFAULTS.withRekeyPackets(160);
        PacketSecurity sender = boots.boot(A, 0, limits, boots.key());
        shakeHands(sender, b, B, 0);
        TreeSet<Long> sessions = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            long now = i * 100 * MILLI;
            byte[] packet = sender.seal(TOKEN);
            sessions.add(PacketHeader.read(packet).sessionId());
            assertOpens(b, packet, A, now);
            carry(sender, b, B, now);
        }
        assertThat(sessions).hasSizeBetween(6, 8);
    }

    @Test
    void neverSealsPastTheBoundEvenIfNobodyCallsDue() {
        SecurityLimits limits = SecurityLimits.DEFAULTS.withRekeyPackets(16);
        PacketSecurity sender = boots.boot(A, 0, limits, boots.key());
        for (int i = 0; i < 100; i++) {
            assertThat(PacketHeader.read(sender.seal(TOKEN)).counter()).isLessThan(16);
        }
    }

    /** Carries what is due from {@code sender}, and the answers to it. */
    private static void carry(PacketSecurity sender, PacketSecurity receiver, NodeId receiverId, long now) {
        for (OutgoingHandshake due : sender.due(now)) {
            if (due.target().equals(receiverId)) {
                open(receiver, reply(sender, reply(receiver, due.datagram(), now), now), now);
            }
        }
    }
}
