package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRingSequencesTest {

    @TempDir
    Path folder;

    @Test
    void whatWasReservedIsRememberedByTheNextLife() throws Exception {
        Path file = folder.resolve("ring");
        try (FileRingSequences first = FileRingSequences.open(file)) {
            assertThat(first.reservedUpTo()).isZero();
            assertThat(reserve(first, 1_024)).isTrue();
            assertThat(reserve(first, 2_048)).isTrue();
        }
        try (FileRingSequences second = FileRingSequences.open(file)) {
            assertThat(second.reservedUpTo()).isEqualTo(2_048);
        }
    }

    @Test
    void failureIsAnAnswer() throws Exception {
        FileRingSequences nowhere =
                FileRingSequences.open(folder.resolve("missing").resolve("ring"));
        assertThat(reserve(nowhere, 1)).isFalse();
        nowhere.close();
        assertThat(reserve(nowhere, 1)).isFalse();
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("ring"), "not a ring sequence");
        assertThatThrownBy(() -> FileRingSequences.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no ring sequence");
    }

    private static boolean reserve(FileRingSequences sequences, long upTo) throws Exception {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        sequences.reserve(upTo, stored::complete);
        return stored.get();
    }
}
