package dev.ha4j.qnetd.netty;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Certificates, as corosync's own tools make them: the authority's ({@code qnetd-cacert.crt}), and a PKCS#12 file with the own
 * certificate and key ({@code qdevice-net-node.p12}, without a password).
 */
public final class QnetdTls {

    /** The common name of every arbiter's certificate; it has no other name. */
    public static final String SERVER_NAME = "Qnetd Server";

    private final Path authority;
    private final Path keyStore;
    private final char[] password;

    private QnetdTls(Path authority, Path keyStore, char[] password) {
        this.authority = Objects.requireNonNull(authority, "authority");
        this.keyStore = Objects.requireNonNull(keyStore, "keyStore");
        this.password = password.clone();
    }

    /** The files are read when a device or witness starts. */
    public static QnetdTls of(Path authority, Path keyStore, char[] password) {
        return new QnetdTls(authority, keyStore, password);
    }

    /** The names in these certificates are no host names: whom it is for is checked by hand. */
    SslContext forClient() throws IOException {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(authority.toFile())
                    .keyManager(keys())
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(e);
        }
    }

    SslContext forServer(boolean clientCertificates) throws IOException {
        try {
            return SslContextBuilder.forServer(keys())
                    .trustManager(authority.toFile())
                    .clientAuth(clientCertificates ? ClientAuth.REQUIRE : ClientAuth.NONE)
                    .build();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(e);
        }
    }

    private IOException unusable(Exception cause) {
        return new IOException("the certificates in " + authority + " and " + keyStore + " can't be used", cause);
    }

    private KeyManagerFactory keys() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory;
    }

    /** The common name of the other side's certificate, if it showed one. */
    static Optional<String> peerName(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate first
                    ? commonName(first.getSubjectX500Principal().getName())
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> commonName(String subject) {
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> String.valueOf(part.getValue()))
                            .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
