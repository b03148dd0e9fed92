package dev.ha4j.api.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What proves to the others which node this is: an X.509 certificate, its private key, and the authorities whose certificates
 * this node believes. With it, the cluster's key alone is not enough to speak as a node. All nodes of a cluster have one, or none.
 *
 * <p>The certificate is issued by an authority directly, and names the node in its subject alternative names, as
 * {@link #uri}. Keys are Ed25519, or on a curve of at most 384 bits (P-256, P-384). Immutable; prints nothing that is secret.
 */
public final class NodeIdentity {

    /** Largest certificate, as it travels in each handshake. */
    public static final int MAX_CERTIFICATE_BYTES = 900;

    private static final int MAX_CURVE_BITS = 384;
    private static final int DER_HEADER_BYTES = 2;

    /** Longest signature, as it travels in each handshake: two numbers in DER, as large as the curve and with a byte for their sign. */
    public static final int MAX_SIGNATURE_BYTES =
            DER_HEADER_BYTES + 2 * (DER_HEADER_BYTES + 1 + MAX_CURVE_BITS / Byte.SIZE);

    private static final int URI_NAME = 6;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final List<String> ALGORITHMS = List.of("Ed25519", "EdDSA", "EC");
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final List<X509Certificate> authorities;

    private NodeIdentity(X509Certificate certificate, PrivateKey key, List<X509Certificate> authorities) {
        this.certificate = certificate;
        this.key = key;
        this.authorities = List.copyOf(authorities);
    }

    /**
     * Puts them together.
     *
     * @param authorities at least one, the issuer of the certificate among them; two while one authority is replaced by another
     * @throws IllegalArgumentException if they don't belong together, with what is wrong
     */
    public static NodeIdentity of(X509Certificate certificate, PrivateKey key, List<X509Certificate> authorities) {
        try {
            requireUsable(certificate, key);
            requireIssued(certificate, authorities);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate of this node can't be used: " + e.getMessage(), e);
        }
        return new NodeIdentity(certificate, key, authorities);
    }

    /**
     * Reads PEM files, as openssl writes them.
     *
     * @param certificate of this node
     * @param key its private key, PKCS#8, not encrypted, for its owner's eyes only
     * @param authorities one or several certificates of authorities
     * @throws UncheckedIOException if one can't be read
     * @throws IllegalArgumentException if one is not what it should be, or they don't belong together
     */
    public static NodeIdentity pem(Path certificate, Path key, Path authorities) {
        List<X509Certificate> own = certificates(certificate);
        if (own.size() != 1) {
            throw new IllegalArgumentException(certificate + " has " + own.size()
                    + " certificates: one is needed, issued by an authority directly");
        }
        return of(own.get(0), privateKey(key), certificates(authorities));
    }

    /** What the certificate of a node has to have among its subject alternative names: {@code ha4j://orders/1}. */
    public static String uri(String cluster, int node) {
        StringBuilder text = new StringBuilder("ha4j://");
        for (byte b : cluster.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-' || b == '_';
            text.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
        }
        return text.append('/').append(node).toString();
    }

    /** Whether the certificate is that of this node. */
    public static boolean names(X509Certificate certificate, String cluster, int node) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            String wanted = uri(cluster, node);
            return names != null
                    && names.stream()
                            .anyMatch(name ->
                                    name.get(0).equals(URI_NAME) && name.get(1).equals(wanted));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void requireUsable(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        require(
                ALGORITHMS.contains(certificate.getPublicKey().getAlgorithm()),
                "its key is " + certificate.getPublicKey().getAlgorithm() + ": use Ed25519, P-256 or P-384");
        int curveBits = curveBits(certificate.getPublicKey());
        require(
                curveBits <= MAX_CURVE_BITS,
                "its key is on a curve of " + curveBits + " bits: use Ed25519, P-256 or P-384");
        require(
                certificate.getEncoded().length <= MAX_CERTIFICATE_BYTES,
                "it has more than " + MAX_CERTIFICATE_BYTES + " bytes");
        require(certificate.getBasicConstraints() < 0, "it is that of an authority");
        boolean[] usage = certificate.getKeyUsage();
        require(usage == null || usage[DIGITAL_SIGNATURE], "its key usage has no digitalSignature");
        byte[] statement = "ha4j".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(signatureAlgorithm(certificate.getPublicKey()));
        signature.initSign(key);
        signature.update(statement);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(statement);
        require(signature.verify(signed), "the private key is another one's");
    }

    private static int curveBits(PublicKey key) {
        return key instanceof ECPublicKey onCurve
                ? onCurve.getParams().getOrder().bitLength()
                : 0;
    }

    private static void requireIssued(X509Certificate certificate, List<X509Certificate> authorities) {
        for (X509Certificate authority : authorities) {
            require(
                    authority.getBasicConstraints() >= 0,
                    authority.getSubjectX500Principal()
                            + " is given as an authority, and its certificate is not that of one");
        }
        require(
                authorities.stream().anyMatch(authority -> isIssuedBy(certificate, authority)),
                "none of the authorities has issued it");
    }

    /** Whether this authority has signed the certificate. */
    public static boolean isIssuedBy(X509Certificate certificate, X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("the certificate of this node can't be used: " + otherwise);
        }
    }

    /** The algorithm in which the owner of such a key signs. */
    public static String signatureAlgorithm(PublicKey key) {
        return key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
    }

    private static List<X509Certificate> certificates(Path path) {
        try {
            byte[] content = Files.readAllBytes(path);
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(content))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate can't be read from " + path, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(path + " holds no certificate in PEM: " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(Path path) {
        try {
            AuthKey.requirePrivate(path);
            String text = Files.readString(path, StandardCharsets.US_ASCII);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException(
                        path + " holds no private key in PKCS#8 PEM: openssl genpkey -algorithm ed25519 -out " + path);
            }
            byte[] encoded = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            return privateKey(path, new PKCS8EncodedKeySpec(encoded));
        } catch (IOException e) {
            throw new UncheckedIOException("the private key can't be read from " + path, e);
        }
    }

    private static PrivateKey privateKey(Path path, PKCS8EncodedKeySpec encoded) {
        return privateKey("Ed25519", encoded)
                .or(() -> privateKey("EC", encoded))
                .orElseThrow(() -> new IllegalArgumentException(path + " holds no Ed25519 or elliptic curve key"));
    }

    private static Optional<PrivateKey> privateKey(String algorithm, PKCS8EncodedKeySpec encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public PrivateKey key() {
        return key;
    }

    public List<X509Certificate> authorities() {
        return authorities;
    }

    /** From when on the certificate counts for nothing. */
    public Instant ends() {
        return certificate.getNotAfter().toInstant();
    }

    @Override
    public String toString() {
        return certificate.getSubjectX500Principal() + ", until " + ends();
    }
}
