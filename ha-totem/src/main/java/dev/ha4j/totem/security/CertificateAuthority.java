package dev.ha4j.totem.security;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Issues certificates to the nodes of a cluster, with Ed25519 keys. For tests, simulations, and clusters whose nodes are made by
 * one program; elsewhere openssl does the same. Not thread-safe.
 *
 * <p>Source: RFC 5280, RFC 8410.
 */
public final class CertificateAuthority {

    private static final AlgorithmIdentifier ED25519 = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));

    private final String cluster;
    private final RandomGenerator random;
    private final X500Name name;
    private final Ed25519PrivateKeyParameters key;
    private final X509Certificate certificate;
    private long serial;

    private CertificateAuthority(String cluster, RandomGenerator random, Instant from, Instant until) {
        this.cluster = cluster;
        this.random = random;
        this.name = new X500Name("CN=ha4j authority");
        this.key = newKey();
        Extensions extensions = new Extensions(extension(Extension.basicConstraints, true, new BasicConstraints(true)));
        this.certificate = issue(name, publicKey(key), extensions, from, until);
    }

    /** A new authority, believed until then; {@code random} should be a {@link java.security.SecureRandom}. */
    public static CertificateAuthority create(String cluster, RandomGenerator random, Instant from, Instant until) {
        return new CertificateAuthority(cluster, random, from, until);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A new key and certificate for one node, which believes this authority. */
    public NodeIdentity issue(NodeId node, Instant from, Instant until) {
        Ed25519PrivateKeyParameters own = newKey();
        return issue(node, publicKey(own), privateKey(own), from, until);
    }

    /**
     * A certificate for a key that the node has made, which may also be one on an elliptic curve.
     *
     * @throws IllegalArgumentException if it is of a kind or length that nodes can't use
     */
    public NodeIdentity issue(NodeId node, KeyPair own, Instant from, Instant until) {
        SubjectPublicKeyInfo publicKey =
                SubjectPublicKeyInfo.getInstance(own.getPublic().getEncoded());
        return issue(node, publicKey, own.getPrivate(), from, until);
    }

    private NodeIdentity issue(
            NodeId node, SubjectPublicKeyInfo publicKey, PrivateKey privateKey, Instant from, Instant until) {
        GeneralName uri =
                new GeneralName(GeneralName.uniformResourceIdentifier, NodeIdentity.uri(cluster, node.value()));
        Extensions extensions =
                new Extensions(extension(Extension.subjectAlternativeName, false, new GeneralNames(uri)));
        X509Certificate issued = issue(new X500Name("CN=node " + node), publicKey, extensions, from, until);
        return NodeIdentity.of(issued, privateKey, List.of(certificate));
    }

    private Ed25519PrivateKeyParameters newKey() {
        byte[] seed = new byte[Ed25519PrivateKeyParameters.KEY_SIZE];
        random.nextBytes(seed);
        return new Ed25519PrivateKeyParameters(seed);
    }

    private X509Certificate issue(
            X500Name subject, SubjectPublicKeyInfo owner, Extensions extensions, Instant from, Instant until) {
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(++serial));
        generator.setSignature(ED25519);
        generator.setIssuer(name);
        generator.setStartDate(new Time(Date.from(from)));
        generator.setEndDate(new Time(Date.from(until)));
        generator.setSubject(subject);
        generator.setSubjectPublicKeyInfo(owner);
        generator.setExtensions(extensions);
        return signed(generator.generateTBSCertificate());
    }

    private X509Certificate signed(TBSCertificate certificateToBe) {
        try {
            byte[] statement = certificateToBe.getEncoded(ASN1Encoding.DER);
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(statement, 0, statement.length);
            ASN1EncodableVector parts = new ASN1EncodableVector();
            parts.add(certificateToBe);
            parts.add(ED25519);
            parts.add(new DERBitString(signer.generateSignature()));
            byte[] encoded = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (IOException e) {
            throw new IllegalStateException("a certificate can't be encoded", e);
        } catch (CertificateException e) {
            throw new IllegalStateException("this JVM can't read what was issued", e);
        }
    }

    private static Extension extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        try {
            return new Extension(id, critical, value.toASN1Primitive().getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalStateException("an extension can't be encoded", e);
        }
    }

    private static SubjectPublicKeyInfo publicKey(Ed25519PrivateKeyParameters key) {
        return new SubjectPublicKeyInfo(ED25519, key.generatePublicKey().getEncoded());
    }

    private static PrivateKey privateKey(Ed25519PrivateKeyParameters key) {
        try {
            byte[] encoded = new PrivateKeyInfo(ED25519, new DEROctetString(key.getEncoded())).getEncoded();
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't use an Ed25519 key", e);
        }
    }
}
