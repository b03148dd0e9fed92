package dev.ha4j.totem.security.packet;

import static dev.ha4j.totem.security.packet.Boots.A;
import static dev.ha4j.totem.security.packet.Boots.B;
import static dev.ha4j.totem.security.packet.Boots.C;
import static dev.ha4j.totem.security.packet.Boots.MILLI;
import static dev.ha4j.totem.security.packet.Boots.TOKEN;
import static dev.ha4j.totem.security.packet.Boots.assertOpens;
import static dev.ha4j.totem.security.packet.Boots.assertRejected;
import static dev.ha4j.totem.security.packet.Boots.flipped;
import static dev.ha4j.totem.security.packet.Boots.hello;
import static dev.ha4j.totem.security.packet.Boots.open;
import static dev.ha4j.totem.security.packet.Boots.reply;
import static dev.ha4j.totem.security.packet.Boots.shakeHands;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.totem.security.RejectReason;
import dev.ha4j.totem.security.packet.OpenResult.Confirmed;
import dev.ha4j.totem.security.packet.OpenResult.HandshakeReply;
import dev.ha4j.totem.security.packet.OpenResult.Rejected;
import org.junit.jupiter.api.Test;

class PacketSecurityTest {

    private final Boots boots = new Boots(7);
    private final PacketSecurity a = boots.boot(A, 0);
    private final PacketSecurity b = boots.boot(B, 0);
    private final PacketSecurity c = boots.boot(C, 0);

    @Test
    void threePacketsConfirmBothSides() {
        byte[] hello = hello(a.due(0), B);
        byte[] acknowledgement = reply(b, hello, 0);
        assertThat(b.isConfirmed(A)).isFalse();
        OpenResult afterAcknowledgement = open(a, acknowledgement, 0);
        assertThat(afterAcknowledgement)
                .isInstanceOfSatisfying(
                        HandshakeReply.class, r -> assertThat(r.confirmed()).isTrue());
        assertThat(open(b, ((HandshakeReply) afterAcknowledgement).datagram(), 0))
                .isEqualTo(new Confirmed(A));
        assertOpens(b, a.seal(TOKEN), A, 0);
        assertOpens(a, b.seal(TOKEN), B, 0);
    }

    /** Leases rest on the token timeout: nodes that have different ones would wait too short for each other. */
    @Test
    void whoHasOtherSettingsIsRefusedAndNamed() {
        PacketSecurity other = boots.boot(B, 0, 2_000_000_000L);
        assertRejected(a, hello(other.due(0), A), 0, RejectReason.OTHER_SETTINGS);
        assertRejected(other, hello(a.due(0), B), 0, RejectReason.OTHER_SETTINGS);
        assertThat(a.report(0).certificates().doubts()).containsEntry(B, RejectReason.OTHER_SETTINGS);
        assertThat(a.isConfirmed(B)).isFalse();
    }

    @Test
    void onePacketServesAllPeers() {
        shakeHands(a, b, B, 0);
        shakeHands(c, a, A, 0);
        byte[] packet = a.seal(TOKEN);
        assertOpens(b, packet, A, 0);
        assertOpens(c, packet, A, 0);
        assertThat(packet).hasSize(TOKEN.length + PacketSecurity.OVERHEAD_BYTES);
    }

    @Test
    void noPacketOfAnUnconfirmedSessionGetsThrough() {
        reply(b, hello(a.due(0), B), 0);
        assertRejected(b, a.seal(TOKEN), 0, RejectReason.UNKNOWN_SESSION);
    }

    @Test
    void packetOfUnknownSessionPromptsAHelloAtOnce() {
        b.due(0);
        assertThat(b.due(MILLI)).isEmpty();
        open(b, a.seal(TOKEN), MILLI);
        byte[] acknowledgement = reply(a, hello(b.due(MILLI), A), MILLI);
        reply(b, acknowledgement, MILLI);
        assertOpens(b, a.seal(TOKEN), A, MILLI);
    }

    @Test
    void everyAlteredBitIsNoticed() {
        shakeHands(a, b, B, 0);
        byte[] packet = a.seal(TOKEN);
        byte[] hello = hello(boots.boot(A, 0).due(0), B);
        for (int bit = 0; bit < packet.length * Byte.SIZE; bit++) {
            assertThat(open(b, flipped(packet, bit), 0)).as("bit %d", bit).isInstanceOf(Rejected.class);
        }
        for (int bit = 0; bit < hello.length * Byte.SIZE; bit++) {
            long now = 1_000 * MILLI + bit * 10 * MILLI;
            assertThat(open(b, flipped(hello, bit), now)).as("bit %d", bit).isInstanceOf(Rejected.class);
        }
        assertOpens(b, packet, A, 0);
    }

    @Test
    void stolenTokenIsUselessElsewhere() {
        shakeHands(a, b, B, 0);
        shakeHands(c, a, A, 0);
        byte[] token = a.sealFor(B, TOKEN);
        assertRejected(c, token, 0, RejectReason.MISDIRECTED);
        assertOpens(b, token, A, 0);
        assertRejected(a, hello(c.due(20 * MILLI), B), 20 * MILLI, RejectReason.MISDIRECTED);
    }

    @Test
    void wrongAddressIsRefusedBeforeAnyCryptography() {
        byte[] hello = hello(a.due(0), B);
        OpenResult result = b.open(hello, hello.length, sender -> false, 0);
        assertThat(result).isEqualTo(new Rejected(RejectReason.ADDRESS));
    }

    @Test
    void sameSeedGivesTheSameBytes() {
        byte[] first = new Boots(3).boot(A, 0).seal(TOKEN);
        byte[] second = new Boots(3).boot(A, 0).seal(TOKEN);
        assertThat(first).isEqualTo(second);
    }
}
