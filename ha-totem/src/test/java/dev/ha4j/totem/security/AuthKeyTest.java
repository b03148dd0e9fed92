package dev.ha4j.totem.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthKeyTest {

    @TempDir
    Path directory;

    @Test
    void readsRawAndHexadecimalFiles() throws IOException {
        byte[] key = AuthKey.generate(new Random(1)).bytes();
        assertThat(AuthKey.file(write("rw-------", key)).bytes()).isEqualTo(key);
        byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(AuthKey.file(write("rw-r-----", text)).bytes()).isEqualTo(key);
    }

    @Test
    void refusesFilesThatOthersCanRead() throws IOException {
        Path file = write("rw-r--r--", new byte[AuthKey.KEY_BYTES]);
        assertThatThrownBy(() -> AuthKey.file(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void refusesFilesWithoutAKey() throws IOException {
        Path file = write("rw-------", new byte[31]);
        assertThatThrownBy(() -> AuthKey.file(file)).hasMessageContaining("holds no cluster key");
    }

    @Test
    void printsNothingOfTheSecret() {
        assertThat(AuthKey.generate(new Random(1))).hasToString("***");
    }

    private Path write(String mode, byte[] content) throws IOException {
        Path file = Files.createTempFile(directory, "ha", ".key");
        Files.write(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
