package dev.ha4j.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dquorum.rewrite=true} writes the page anew. */
class QuorumPageTest {

    private static final Path PAGE = Path.of("../docs/quorum.md");

    @Test
    void pageSaysWhatTheCodeDoes() throws IOException {
        String page = Files.readString(PAGE);
        String renewed = QuorumPage.renew(page);
        if (Boolean.getBoolean("quorum.rewrite")) {
            Files.writeString(PAGE, renewed);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(renewed);
    }
}
