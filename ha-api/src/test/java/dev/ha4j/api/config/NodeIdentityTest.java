package dev.ha4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates that openssl has made, as docs/certificates.md says. */
class NodeIdentityTest {

    @TempDir
    Path directory;

    private Path file(String name) throws IOException {
        Path path = directory.resolve(name);
        try (InputStream content = NodeIdentityTest.class.getResourceAsStream(name)) {
            Files.write(path, content.readAllBytes());
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return path;
    }

    @ParameterizedTest
    @CsvSource({"a, 1, ca.crt", "curve, 2, ca.crt", "p384, 3, curves-ca.crt"})
    void opensslsFilesAreRead(String name, int node, String authority) throws IOException {
        NodeIdentity identity = NodeIdentity.pem(file(name + ".crt"), file(name + ".key"), file(authority));
        assertThat(NodeIdentity.names(identity.certificate(), "orders", node)).isTrue();
        assertThat(NodeIdentity.names(identity.certificate(), "orders", node + 10))
                .isFalse();
        assertThat(NodeIdentity.names(identity.certificate(), "billing", node)).isFalse();
        assertThat(identity.toString()).startsWith("CN=").doesNotContain("PRIVATE");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.crt, rsa.key, ca.crt, holds no Ed25519 or elliptic curve key",
        "rsa.crt, a.key, ca.crt, its key is RSA: use Ed25519",
        "p521.crt, p521.key, curves-ca.crt, 'its key is on a curve of 521 bits: use Ed25519, P-256 or P-384'",
        "a.crt, curve.key, ca.crt, can't be used",
        "a.crt, a.key, other-ca.crt, none of the authorities has issued it",
        "a.crt, a.key, a.crt, its certificate is not that of one",
        "ca.crt, a.key, ca.crt, it is that of an authority",
        "a.key, a.key, ca.crt, certificate",
        "a.crt, a.crt, ca.crt, openssl genpkey -algorithm ed25519"
    })
    void whatDoesNotBelongTogetherIsNamed(String certificate, String key, String authorities, String message)
            throws IOException {
        Path ofNode = file(certificate);
        Path ofKey = file(key);
        Path ofAuthority = file(authorities);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeIdentity.pem(ofNode, ofKey, ofAuthority))
                .withMessageContaining(message);
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        Path key = file("a.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Path certificate = file("a.crt");
        Path authority = file("ca.crt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeIdentity.pem(certificate, key, authority))
                .withMessageContaining("chmod 600");
    }

    @Test
    void namesOfClustersAreWrittenSoThatTheyFitIntoOne() {
        assertThat(NodeIdentity.uri("orders/2 ü", 7)).isEqualTo("ha4j://orders%2F2%20%C3%BC/7");
    }
}
