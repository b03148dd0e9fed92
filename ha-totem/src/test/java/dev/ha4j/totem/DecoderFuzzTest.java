package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.packet.OpenResult;
import dev.ha4j.totem.security.packet.OutgoingHandshake;
import dev.ha4j.totem.security.packet.PacketSecurity;
import dev.ha4j.totem.security.packet.SecurityConfig;
import dev.ha4j.totem.security.packet.SourceCheck;
import dev.ha4j.totem.wire.DecodeResult;
import dev.ha4j.totem.wire.TotemCodec;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Whatever bytes come in, what comes out is a value or a rejection. The build tries the inputs in the resources; with
 * {@code JAZZER_FUZZ=1} in the environment, Jazzer looks for new ones.
 */
class DecoderFuzzTest {

    private static final NodeId A = NodeId.of(1);
    private static final NodeId B = NodeId.of(2);
    private static final long SECOND = 1_000_000_000L;

    /** Also, there is one way only to write a message, so that nobody can say the same in different bytes. */
    @FuzzTest(maxDuration = "10m")
    void aPacketIsAMessageOrARejection(byte[] packet) {
        if (TotemCodec.decode(packet) instanceof DecodeResult.Decoded decoded) {
            assertThat(TotemCodec.encode(decoded.message())).isEqualTo(packet);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void aForeignDatagramIsRejected(byte[] datagram) {
        PacketSecurity security = security(A, B);
        OpenResult result = security.open(datagram, datagram.length, SourceCheck.ANY, 0);
        assertThat(result).isInstanceOf(OpenResult.Rejected.class);
        assertThat(security.report(0).rejectedTotal()).isEqualTo(1);
    }

    /** Behind the seal too: who has the key may still be broken. */
    @FuzzTest(maxDuration = "10m")
    void anAuthenticPacketOfGarbageIsOpenedAndNoMore(byte[] plaintext) {
        PacketSecurity a = security(A, B);
        PacketSecurity b = security(B, A);
        shakeHands(a, b);
        byte[] datagram = a.seal(plaintext);
        assertThat(b.open(datagram, datagram.length, SourceCheck.ANY, SECOND))
                .isInstanceOfSatisfying(OpenResult.Opened.class, opened -> {
                    assertThat(opened.plaintext().remaining()).isEqualTo(plaintext.length);
                    assertThat(TotemCodec.decode(opened.plaintext())).isNotNull();
                });
    }

    private static PacketSecurity security(NodeId self, NodeId peer) {
        ClusterKey key = ClusterKey.of(new byte[ClusterKey.KEY_BYTES]);
        SecurityConfig config = new SecurityConfig("fuzz", self, new TreeSet<>(List.of(peer)), key, self.value());
        return new PacketSecurity(config, new Random(self.value()), 0);
    }

    private static void shakeHands(PacketSecurity a, PacketSecurity b) {
        for (OutgoingHandshake hello : a.due(0)) {
            byte[] acknowledgement = answer(b, hello.datagram());
            byte[] confirmation = answer(a, acknowledgement);
            b.open(confirmation, confirmation.length, SourceCheck.ANY, 0);
        }
    }

    private static byte[] answer(PacketSecurity receiver, byte[] datagram) {
        OpenResult result = receiver.open(datagram, datagram.length, SourceCheck.ANY, 0);
        return result instanceof OpenResult.HandshakeReply reply ? reply.datagram() : new byte[0];
    }
}
