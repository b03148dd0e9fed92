package dev.ha4j.totem.security;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Signs for this node, and judges by their certificates who others are. */
final class PeerCertificates {

    private final String cluster;
    private final LongSupplier wallMillis;
    private NodeIdentity identity;

    PeerCertificates(String cluster, NodeIdentity identity, LongSupplier wallMillis) {
        this.cluster = cluster;
        this.identity = identity;
        this.wallMillis = wallMillis;
    }

    NodeIdentity identity() {
        return identity;
    }

    void identity(NodeIdentity other) {
        identity = other;
    }

    byte[] sign(Statement statement) {
        try {
            Signature signature = Signature.getInstance(
                    NodeIdentity.signatureAlgorithm(identity.certificate().getPublicKey()));
            signature.initSign(identity.key());
            signature.update(statement.bytes());
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't sign with the node's key", e);
        }
    }

    byte[] encoded() {
        try {
            return identity.certificate().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the node's certificate can't be encoded", e);
        }
    }

    /** What these bytes are, whatever they are; empty if they are no certificate. */
    static Optional<X509Certificate> parse(byte[] encoded) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded))
                            instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (GeneralSecurityException | RuntimeException e) { // the parser is not ours, and the bytes are anybody's
            return Optional.empty();
        }
    }

    /** Why the certificate doesn't show that its owner is this node. */
    Optional<RejectReason> problem(X509Certificate certificate, NodeId claimed) {
        if (!isOf(certificate, claimed) || !isTrusted(certificate)) {
            return Optional.of(RejectReason.CERTIFICATE);
        }
        Instant now = Instant.ofEpochMilli(wallMillis.getAsLong());
        boolean current = !now.isBefore(certificate.getNotBefore().toInstant())
                && now.isBefore(certificate.getNotAfter().toInstant());
        return current ? Optional.empty() : Optional.of(RejectReason.CERTIFICATE_NOT_CURRENT);
    }

    /** No authority is a node, and its key is good for signing. */
    private boolean isTrusted(X509Certificate certificate) {
        return certificate.getBasicConstraints() < 0
                && identity.authorities().stream()
                        .anyMatch(authority -> NodeIdentity.isIssuedBy(certificate, authority));
    }

    boolean isOf(X509Certificate certificate, NodeId claimed) {
        return NodeIdentity.names(certificate, cluster, claimed.value());
    }

    boolean isSignedBy(X509Certificate certificate, Statement statement, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(NodeIdentity.signatureAlgorithm(certificate.getPublicKey()));
            signature.initVerify(certificate.getPublicKey());
            signature.update(statement.bytes());
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
