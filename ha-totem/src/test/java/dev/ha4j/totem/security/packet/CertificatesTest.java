package dev.ha4j.totem.security.packet;

import static dev.ha4j.totem.security.packet.Boots.A;
import static dev.ha4j.totem.security.packet.Boots.B;
import static dev.ha4j.totem.security.packet.Boots.C;
import static dev.ha4j.totem.security.packet.Boots.TOKEN;
import static dev.ha4j.totem.security.packet.Boots.assertRejected;
import static dev.ha4j.totem.security.packet.Boots.flipped;
import static dev.ha4j.totem.security.packet.Boots.hello;
import static dev.ha4j.totem.security.packet.Boots.open;
import static dev.ha4j.totem.security.packet.Boots.reply;
import static dev.ha4j.totem.security.packet.Boots.shakeHands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.totem.security.CertificateAuthority;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.RejectReason;
import dev.ha4j.totem.security.packet.OpenResult.Confirmed;
import dev.ha4j.totem.security.packet.OpenResult.Opened;
import dev.ha4j.totem.security.packet.OpenResult.Rejected;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nodes have certificates, the cluster's key is not enough to speak as one of them. */
class CertificatesTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant FROM = NOW.minus(Duration.ofDays(1));
    private static final Instant UNTIL = NOW.plus(Duration.ofDays(100));
    private static final long LATER = 2_000_000_000L;

    private final Random random = new Random(11);
    private final ClusterKey key = ClusterKey.generate(random);
    private final CertificateAuthority authority = CertificateAuthority.create("orders", random, FROM, UNTIL);
    private Instant now = NOW;
    private final PacketSecurity a = boot(A, issue(A));
    private final PacketSecurity b = boot(B, issue(B));

    private NodeIdentity issue(NodeId node) {
        return authority.issue(node, FROM, UNTIL);
    }

    private PacketSecurity boot(NodeId self, NodeIdentity identity) {
        return boot(self, Optional.of(identity), new Random(random.nextLong()));
    }

    private PacketSecurity boot(NodeId self, Optional<NodeIdentity> identity, RandomGenerator salts) {
        SecurityConfig config = new SecurityConfig(
                "orders",
                self,
                Boots.peersOf(self),
                List.of(key),
                random.nextLong(),
                0,
                identity,
                () -> now.toEpochMilli(),
                SecurityLimits.DEFAULTS);
        return new PacketSecurity(config, salts, 0);
    }

    @Test
    void whoShowsItsCertificateIsHeard() {
        byte[] hello = hello(a.due(0), B);
        byte[] acknowledgement = reply(b, hello, 0);
        byte[] confirmation = reply(a, acknowledgement, 0);
        assertThat(hello)
                .hasSameSizeAs(acknowledgement)
                .hasSameSizeAs(confirmation)
                .hasSizeLessThan(1_232);
        assertThat(open(b, confirmation, 0)).isEqualTo(new Confirmed(A));
        assertThat(open(b, a.seal(TOKEN), 0)).isInstanceOf(Opened.class);
        assertThat(open(a, b.seal(TOKEN), 0)).isInstanceOf(Opened.class);
        assertThat(b.report(0).certificates().ends()).containsOnlyKeys(A, B).containsEntry(A, UNTIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void keysOnCurvesAreBelieved(String curve) throws GeneralSecurityException {
        PacketSecurity other = boot(A, authority.issue(A, keyOn(curve), FROM, UNTIL));
        byte[] confirmation = reply(other, reply(b, hello(other.due(0), B), 0), 0);
        assertThat(confirmation).hasSizeLessThan(1_232);
        assertThat(open(b, confirmation, 0)).isEqualTo(new Confirmed(A));
        assertThat(open(b, other.seal(TOKEN), 0)).isInstanceOf(Opened.class);
    }

    /** Its signatures would make handshakes longer than what every network carries. */
    @Test
    void keysOnLongerCurvesAreRefusedWhereTheyAreGiven() throws GeneralSecurityException {
        KeyPair longer = keyOn("secp521r1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> authority.issue(A, longer, FROM, UNTIL))
                .withMessageContaining("on a curve of 521 bits");
    }

    private static KeyPair keyOn(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    @Test
    void whoHasAnotherNodesCertificateIsNotThatNode() {
        PacketSecurity impostor = boot(A, issue(C));
        assertRejected(b, hello(impostor.due(0), B), 0, RejectReason.CERTIFICATE);
        assertThat(b.report(0).certificates().doubts()).containsEntry(A, RejectReason.CERTIFICATE);
    }

    @Test
    void whoHasTheClusterKeyAloneIsNoNode() {
        PacketSecurity plain = boot(A, Optional.empty(), new Random(1));
        assertRejected(b, hello(plain.due(0), B), 0, RejectReason.NO_CERTIFICATE);
        assertRejected(plain, hello(a.due(0), B), 0, RejectReason.VERSION);
    }

    @Test
    void anotherAuthorityCountsForNothing() {
        CertificateAuthority other = CertificateAuthority.create("orders", random, FROM, UNTIL);
        PacketSecurity impostor = boot(A, other.issue(A, FROM, UNTIL));
        assertRejected(b, hello(impostor.due(0), B), 0, RejectReason.CERTIFICATE);
    }

    @Test
    void anotherClustersCertificateCountsForNothing() {
        CertificateAuthority billing = CertificateAuthority.create("billing", new Random(11), FROM, UNTIL);
        NodeIdentity elsewhere = billing.issue(A, FROM, UNTIL);
        NodeIdentity identity =
                NodeIdentity.of(elsewhere.certificate(), elsewhere.key(), List.of(billing.certificate()));
        PacketSecurity receiver = boot(B, withAuthorities(issue(B), billing));
        assertRejected(receiver, hello(boot(A, identity).due(0), B), 0, RejectReason.CERTIFICATE);
    }

    private NodeIdentity withAuthorities(NodeIdentity identity, CertificateAuthority other) {
        return NodeIdentity.of(
                identity.certificate(), identity.key(), List.of(authority.certificate(), other.certificate()));
    }

    @Test
    void anExpiredCertificateCountsForNothing() {
        now = UNTIL.plusSeconds(1);
        assertRejected(b, hello(a.due(0), B), 0, RejectReason.CERTIFICATE_NOT_CURRENT);
        now = FROM.minusSeconds(1);
        assertRejected(b, hello(a.due(LATER), B), LATER, RejectReason.CERTIFICATE_NOT_CURRENT);
    }

    /** Knows all that is sent, and the cluster's key: the session's salt, and thereby what its key would be without a secret. */
    @Test
    void whoHasTheClusterKeyCanNotWriteIntoASessionThatIsThere() {
        byte[] hello = hello(a.due(0), B);
        open(b, reply(a, reply(b, hello, 0), 0), 0);
        byte[] salt = Handshake.saltOf(hello);
        SessionKey guessed = SessionKey.derive(PacketHeader.SUITE_CERTIFICATES, key, "orders", A, salt);
        PacketHeader seen = PacketHeader.read(a.seal(TOKEN));
        PacketHeader next = new PacketHeader(
                seen.suite(), seen.kind(), seen.keyId(), seen.sender(), seen.target(), seen.sessionId(), 1_000);
        byte[] forged = guessed.newCipher().seal(next, new byte[0], TOKEN);
        assertRejected(b, forged, 0, RejectReason.AUTHENTICATION);
    }

    @Test
    void aReplayedHelloGivesNobodyASecret() {
        byte[] hello = hello(a.due(0), B);
        byte[] acknowledgement = reply(b, hello, 0);
        PacketSecurity next = boot(A, issue(A));
        assertThat(open(next, acknowledgement, 0)).isInstanceOf(Rejected.class);
    }

    @Test
    void noBitOfAHandshakeMayChange() {
        byte[] hello = hello(a.due(0), B);
        for (int bit = 0; bit < Byte.SIZE * hello.length; bit += 3) {
            assertThat(open(b, flipped(hello, bit), 0)).as("bit %d", bit).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void aNewCertificateIsShownWithoutABreak() {
        shakeHands(a, b, B, 0);
        NodeIdentity fresh = authority.issue(A, FROM, UNTIL.plusSeconds(60));
        a.changeIdentity(fresh);
        byte[] acknowledgement = reply(b, hello(a.due(1), B), 1);
        assertThat(open(b, a.seal(TOKEN), 1)).isInstanceOf(Opened.class);
        open(b, reply(a, acknowledgement, 1), 1);
        a.due(LATER);
        assertThat(open(b, a.seal(TOKEN), LATER)).isInstanceOf(Opened.class);
        assertThat(b.report(0).certificates().ends()).containsEntry(A, UNTIL.plusSeconds(60));
    }

    @Test
    void whoWasRemovedDoesNotLearnTheKeysOfWhatFollows() {
        PacketSecurity c = boot(C, issue(C));
        shakeHands(a, b, B, 0);
        shakeHands(c, a, A, 0);
        a.changePeers(new TreeSet<>(List.of(B)), 1);
        open(b, reply(a, reply(b, hello(a.due(1), B), 1), 1), 1);
        a.due(LATER);
        byte[] packet = a.seal(TOKEN);
        assertThat(open(b, packet, LATER)).isInstanceOf(Opened.class);
        assertRejected(c, packet, LATER, RejectReason.UNKNOWN_SESSION);
        assertRejected(a, c.seal(TOKEN), LATER, RejectReason.REMOVED_SENDER);
    }

    @Test
    void theCertificateOfAnotherNodeIsRefusedWhereItIsGiven() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> a.changeIdentity(issue(B)))
                .withMessageContaining("URI:ha4j://orders/1");
    }
}
