package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.controller.RequestResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of three gets a fourth node, and loses it again, while it runs. */
@Timeout(120)
class NodesAtRunTimeTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    @TempDir
    Path directory;

    @Test
    void aNodeIsAddedStartedAndRemoved() {
        ClusterConfig config = Loopback.config("grows").build();
        NodeSpec fourth = Loopback.another(4, "d");
        try (Loopback cluster = new Loopback(directory, config)) {
            List<HaNode> nodes = cluster.startAll();
            awaitQuorum(nodes, 3);
            assertThat(nodes.get(0)
                            .admin()
                            .addNode(fourth, "Ada", "more load")
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(RequestResult.Applied.class);
            awaitQuorum(nodes, 4);

            HaNode d = cluster.start(
                    cluster.node("d", Loopback.with(config, fourth)).joinExisting());
            await().atMost(LIMIT).pollInterval(POLL).untilAsserted(() -> {
                assertThat(d.report().quorum().quorate()).isTrue();
                assertThat(nodes.get(2).report().ring().members()).containsExactly("a", "b", "c", "d");
            });

            assertThat(nodes.get(1)
                            .admin()
                            .removeNode("d", "Ada", "less load")
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(RequestResult.Applied.class);
            awaitQuorum(nodes, 3);
            await().atMost(LIMIT).pollInterval(POLL).untilAsserted(() -> {
                assertThat(d.report().phase().isOver()).isTrue();
                for (HaNode node : nodes) {
                    assertThat(node.report().ring().members()).containsExactly("a", "b", "c");
                    assertThat(node.report().ring().links())
                            .noneMatch(link -> link.peer().equals("d"));
                    assertThat(node.report().quorum().quorate()).isTrue();
                }
            });
            assertThat(cluster.halts).isEmpty();
        }
    }

    private static void awaitQuorum(List<HaNode> nodes, int expected) {
        await().atMost(LIMIT).pollInterval(POLL).untilAsserted(() -> {
            for (HaNode node : nodes) {
                assertThat(node.report().quorum().quorate()).isTrue();
                assertThat(node.state().policy().nodes()).hasSize(expected);
                assertThat(node.state().voters().change()).isEmpty();
            }
        });
    }
}
