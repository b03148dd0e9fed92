package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.report.LinkSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes in one JVM, on real sockets. */
@SuppressWarnings("try") // close() is what is tested
class ThreeNodesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void oneOfThemLeadsAndAnotherTakesOverWhenItLeaves() {
        try (Loopback cluster = new Loopback(directory, Loopback.config("three").build())) {
            List<HaNode> nodes = cluster.startAll();
            List<Watcher> watchers = new ArrayList<>();
            for (HaNode node : nodes) {
                Watcher watcher = new Watcher();
                node.lead("nightly", watcher);
                watchers.add(watcher);
            }
            int first = awaitLeader(watchers, nodes);
            long firstToken = watchers.get(first).granted.get(0);

            nodes.get(first).close();

            assertThat(watchers.get(first).revoked).containsExactly(firstToken);
            int second = awaitLeader(watchers, nodes);
            assertThat(second).isNotEqualTo(first);
            assertThat(watchers.get(second).granted.get(0)).isGreaterThan(firstToken);
            assertThat(cluster.halts).isEmpty();
            cluster.close();
            assertThat(cluster.threads()).isEmpty();
        }
    }

    @Test
    void theReportTellsOfBothLinksToEachOther() {
        try (Loopback cluster = new Loopback(directory, Loopback.config("links").build())) {
            HaNode a = cluster.startAll().get(0);
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .untilAsserted(() -> assertThat(a.report().ring().links())
                            .filteredOn(LinkSummary::up)
                            .extracting(link -> link.peer() + link.number())
                            .containsExactly("b0", "b1", "c0", "c1"));
        }
    }

    private static int awaitLeader(List<Watcher> watchers, List<HaNode> nodes) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> leaders(watchers).size() > 1)
                .alias("a leader; " + nodes.get(0).report().explanation())
                .until(() -> leaders(watchers).size() == 1);
        return leaders(watchers).get(0);
    }

    private static List<Integer> leaders(List<Watcher> watchers) {
        return IntStream.range(0, watchers.size())
                .filter(i -> watchers.get(i).leads())
                .boxed()
                .toList();
    }
}
