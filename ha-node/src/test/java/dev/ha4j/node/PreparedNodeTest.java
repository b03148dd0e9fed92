package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.report.RehearsalReport;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreparedNodeTest {

    @Test
    void aNodeRehearsesWhileItStartsAndReportsIt() {
        try (Loopback cluster = new Loopback("prepared", "a");
                HaNode node = cluster.node("a").rehearse(true).start()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> node.report().rehearsal().isPresent());
            Optional<RehearsalReport> rehearsal = node.report().rehearsal();
            assertThat(rehearsal.orElseThrow().whole()).isPositive();
        }
    }
}
