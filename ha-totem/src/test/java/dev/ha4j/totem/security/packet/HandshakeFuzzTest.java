package dev.ha4j.totem.security.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.totem.security.CertificateAuthority;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.packet.OpenResult.HandshakeReply;
import dev.ha4j.totem.security.packet.OpenResult.Rejected;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * Who has the cluster's key can seal whatever handshake it likes. The build tries the inputs in the resources; with {@code
 * JAZZER_FUZZ=1} in the environment, Jazzer looks for new ones.
 */
class HandshakeFuzzTest {

    private static final NodeId A = NodeId.of(1);
    private static final NodeId B = NodeId.of(2);
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant FROM = NOW.minus(Duration.ofDays(1));
    private static final Instant UNTIL = NOW.plus(Duration.ofDays(100));
    private static final ClusterKey KEY = ClusterKey.of(new byte[ClusterKey.KEY_BYTES]);
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("fuzz", new Random(1), FROM, UNTIL);
    private static final NodeIdentity IDENTITY = AUTHORITY.issue(B, FROM, UNTIL);

    /** Of any length. The first byte chooses the kind of packet. */
    @FuzzTest(maxDuration = "10m")
    void aBodyIsAnsweredOrRejected(byte[] input) {
        PacketSecurity receiver = receiver(Optional.empty());
        byte[] datagram = sealed(new ByKey(), kind(input), rest(input));
        OpenResult result = receiver.open(datagram, datagram.length, SourceCheck.ANY, 0);
        if (result instanceof HandshakeReply reply) {
            assertThat(reply.datagram()).hasSameSizeAs(datagram);
        }
        assertThat(receiver.report(0).rejectedTotal()).isEqualTo(result instanceof Rejected ? 1 : 0);
    }

    /** As long as it has to be, with a handshake as it has to be: nobody gets in without a certificate and its key. */
    @FuzzTest(maxDuration = "10m")
    void aProofThatNobodyHasSignedIsRejected(byte[] proof) {
        PacketSecurity receiver = receiver(Optional.of(IDENTITY));
        Introduction introduction = certified();
        byte[] body = ByteBuffer.allocate(introduction.bodyBytes())
                .put(new Handshake(1, 0, Handshake.none(), Handshake.none()).write())
                .put(Arrays.copyOf(proof, IdentityProof.BYTES))
                .array();
        byte[] datagram = sealed(introduction, PacketKind.HELLO, body);
        assertThat(receiver.open(datagram, datagram.length, SourceCheck.ANY, 0)).isInstanceOf(Rejected.class);
        assertThat(receiver.report(0).certificates().doubts()).containsOnlyKeys(A);
    }

    /** Whatever it says of itself: it is not that of a node that no authority has made it for. */
    @FuzzTest(maxDuration = "10m")
    void aCertificateOfAnotherIsNotBelieved(byte[] encoded) {
        PeerCertificates certificates = new PeerCertificates("fuzz", IDENTITY, NOW::toEpochMilli);
        PeerCertificates.parse(encoded)
                .ifPresent(certificate ->
                        assertThat(certificates.problem(certificate, A)).isPresent());
    }

    private static Introduction certified() {
        return new ByCertificate("fuzz", B, new PeerCertificates("fuzz", IDENTITY, NOW::toEpochMilli));
    }

    private static PacketKind kind(byte[] input) {
        return PacketKind.of(1 + (input.length == 0 ? 0 : Byte.toUnsignedInt(input[0]) % 3));
    }

    private static byte[] rest(byte[] input) {
        return input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    }

    private static byte[] sealed(Introduction introduction, PacketKind kind, byte[] body) {
        SessionKey session = SessionKey.derive(introduction.suite(), KEY, "fuzz", A, new byte[SessionKey.SALT_BYTES]);
        return new OutboundSession(introduction.suite(), session, session, Optional.empty(), A, 0)
                .sealHandshake(kind, B, body);
    }

    private static PacketSecurity receiver(Optional<NodeIdentity> identity) {
        SecurityConfig config = new SecurityConfig(
                "fuzz",
                B,
                new TreeSet<>(List.of(A)),
                List.of(KEY),
                2,
                0,
                identity,
                NOW::toEpochMilli,
                SecurityLimits.DEFAULTS);
        return new PacketSecurity(config, new Random(2), 0);
    }
}
