package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.totem.security.RejectReason;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** Signs for this node, and judges by their certificates who others are. */
final class PeerCertificates {

    /** Of more peers than a cluster has, nothing is remembered. */
    private static final int MAX_TRUSTED = 64;

    private final String cluster;
    private final LongSupplier wallMillis;
    private NodeIdentity identity;
    private Optional<Ed25519PrivateKeyParameters> key;

    /** What each peer has shown last of what an authority has signed: that costs as much to find out as all the rest. */
    private final Map<NodeId, X509Certificate> trusted = new TreeMap<>();

    PeerCertificates(String cluster, NodeIdentity identity, LongSupplier wallMillis) {
        this.cluster = cluster;
        this.identity = identity;
        this.key = Ed25519.privateKey(identity.key());
        this.wallMillis = wallMillis;
    }

    NodeIdentity identity() {
        return identity;
    }

    void identity(NodeIdentity other) {
        identity = other;
        key = Ed25519.privateKey(other.key());
        trusted.clear(); // it may name other authorities
    }

    byte[] sign(Statement statement) {
        return key.map(own -> Ed25519.sign(own, statement.bytes())).orElseGet(() -> signByJdk(statement));
    }

    private byte[] signByJdk(Statement statement) {
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
        if (!isOf(certificate, claimed) || !isTrusted(certificate, claimed)) {
            return Optional.of(RejectReason.CERTIFICATE);
        }
        Instant now = Instant.ofEpochMilli(wallMillis.getAsLong());
        boolean current = !now.isBefore(certificate.getNotBefore().toInstant())
                && now.isBefore(certificate.getNotAfter().toInstant());
        return current ? Optional.empty() : Optional.of(RejectReason.CERTIFICATE_NOT_CURRENT);
    }

    /** No authority is a node, and its key is good for signing. */
    private boolean isTrusted(X509Certificate certificate, NodeId peer) {
        if (certificate.equals(trusted.get(peer))) {
            return true;
        }
        boolean isSigned = certificate.getBasicConstraints() < 0
                && identity.authorities().stream()
                        .anyMatch(authority -> NodeIdentity.isIssuedBy(certificate, authority));
        if (isSigned && (trusted.size() < MAX_TRUSTED || trusted.containsKey(peer))) {
            trusted.put(peer, certificate);
        }
        return isSigned;
    }

    boolean isOf(X509Certificate certificate, NodeId claimed) {
        return NodeIdentity.names(certificate, cluster, claimed.value());
    }

    boolean isSignedBy(X509Certificate certificate, Statement statement, byte[] signed) {
        return Ed25519.publicKey(certificate.getPublicKey())
                .map(peer -> Ed25519.isSignedBy(peer, statement.bytes(), signed))
                .orElseGet(() -> isSignedByJdk(certificate, statement, signed));
    }

    private static boolean isSignedByJdk(X509Certificate certificate, Statement statement, byte[] signed) {
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
