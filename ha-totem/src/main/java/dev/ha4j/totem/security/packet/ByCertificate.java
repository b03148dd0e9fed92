package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.totem.security.RejectReason;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Each handshake packet is signed by the private key to a certificate that names its sender. A session's key depends on a
 * secret that its sender gives, wrapped, to those only who have shown who they are.
 */
final class ByCertificate implements Introduction {

    private final String cluster;
    private final NodeId self;
    private final PeerCertificates certificates;

    ByCertificate(String cluster, NodeId self, PeerCertificates certificates) {
        this.cluster = cluster;
        this.self = self;
        this.certificates = certificates;
    }

    NodeIdentity identity() {
        return certificates.identity();
    }

    void identity(NodeIdentity other) {
        certificates.identity(other);
    }

    @Override
    public byte suite() {
        return PacketHeader.SUITE_CERTIFICATES;
    }

    @Override
    public int bodyBytes() {
        return Handshake.BYTES + IdentityProof.BYTES;
    }

    @Override
    public Optional<SessionSecret> newSecret(RandomGenerator random) {
        return Optional.of(SessionSecret.draw(random));
    }

    @Override
    public byte[] body(
            OutboundSession session, PacketKind kind, NodeId target, Handshake handshake, Optional<byte[]> peerKey) {
        SessionSecret secret = session.secret().orElseThrow();
        byte[] wrapped =
                peerKey.flatMap(key -> secret.wrappedFor(key, self, target)).orElseGet(IdentityProof::nothingWrapped);
        Statement statement = new Statement(
                cluster,
                kind,
                session.keyId(),
                self,
                target,
                session.salt(),
                handshake,
                secret.publicKey(),
                peerKey.orElseGet(ByCertificate::noKey),
                wrapped);
        byte[] proof = new IdentityProof(
                        secret.publicKey(), wrapped, certificates.encoded(), certificates.sign(statement))
                .write();
        return ByteBuffer.allocate(bodyBytes())
                .put(handshake.write())
                .put(proof)
                .array();
    }

    @Override
    public Verdict judge(Claim claim, OutboundSession own) {
        Optional<IdentityProof> proof = IdentityProof.read(claim.rest());
        Optional<X509Certificate> certificate = proof.flatMap(given -> PeerCertificates.parse(given.certificate()));
        if (proof.isEmpty() || certificate.isEmpty()) {
            return new Disbelieved(RejectReason.CERTIFICATE);
        }
        Optional<RejectReason> problem = certificates.problem(certificate.get(), claim.sender());
        return problem.<Verdict>map(Disbelieved::new)
                .orElseGet(() -> judgeSigned(claim, own, proof.get(), certificate.get()));
    }

    private Verdict judgeSigned(Claim claim, OutboundSession own, IdentityProof proof, X509Certificate certificate) {
        SessionSecret secret = own.secret().orElseThrow();
        boolean isHello = claim.kind() == PacketKind.HELLO;
        Statement statement = new Statement(
                cluster,
                claim.kind(),
                claim.keyId(),
                claim.sender(),
                self,
                claim.salt(),
                claim.handshake(),
                proof.publicKey(),
                isHello ? noKey() : secret.publicKey(),
                proof.wrapped());
        if (!certificates.isSignedBy(certificate, statement, proof.signature())) {
            return new Disbelieved(RejectReason.SIGNATURE);
        }
        Optional<byte[]> opened = isHello
                ? Optional.of(noKey())
                : secret.unwrap(proof.wrapped(), proof.publicKey(), self, claim.sender());
        return opened.<Verdict>map(bytes -> new Believed(
                        bytes,
                        Optional.of(proof.publicKey()),
                        Optional.of(certificate.getNotAfter().toInstant())))
                .orElseGet(() -> new Disbelieved(RejectReason.SIGNATURE));
    }

    private static byte[] noKey() {
        return new byte[SessionSecret.PUBLIC_KEY_BYTES];
    }
}
