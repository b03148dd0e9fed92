package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedNodeTest {

    @TempDir
    Path directory;

    @Test
    void aNodeRehearsesAfterItsStartAndReportsIt() {
        Loopback cluster = new Loopback(directory, Loopback.single("prepared").build());
        try (HaNode node = cluster.node("a").rehearse(true).start()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> node.report().rehearsal().isPresent());
            assertThat(node.report().rehearsal().orElseThrow().whole()).isPositive();
        }
    }
}
