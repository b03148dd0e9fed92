package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.api.report.MemberReport;
import dev.ha4j.api.report.QuorumReport;
import dev.ha4j.api.report.QuorumRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node tells whose votes are counted, whose are expected, and by which options. */
@Timeout(120)
class QuorumReportTest {

    private static final QuorumOptions OPTIONS = QuorumOptions.DEFAULTS
            .withWaitForAll()
            .withTieBreaker(TieBreaker.LOWEST)
            .withAllowDownscale();

    @TempDir
    Path directory;

    @Test
    void whoLeavesCleanlyIsConfiguredAndNotExpected() {
        ClusterConfig equal = Loopback.config("votes").quorum(OPTIONS).build();
        ClusterConfig config = new ClusterConfig(
                equal.policy().withVotes("a", 2), equal.authKeys(), equal.ring(), equal.fenceDevices());
        try (Loopback cluster = new Loopback(directory, config)) {
            HaNode a = cluster.start(cluster.node("a"));
            HaNode b = cluster.start(cluster.node("b"));
            awaitQuorum(a, QuorumRule.WAIT_FOR_ALL, 3, 4);
            assertThat(a.report().quorum().quorate()).isFalse();

            HaNode c = cluster.start(cluster.node("c"));
            awaitQuorum(a, QuorumRule.MAJORITY, 4, 4);
            assertVoters(a, tuple(1, "a", 2, true, true), tuple(2, "b", 1, true, true), tuple(3, "c", 1, true, true));

            c.close();
            awaitQuorum(b, QuorumRule.MAJORITY, 3, 3);
            assertVoters(b, tuple(1, "a", 2, true, true), tuple(2, "b", 1, true, true), tuple(3, "c", 1, false, false));
            assertThat(b.report().quorum().configured()).isEqualTo(4);
            assertThat(b.report().quorum().options()).isEqualTo(OPTIONS);
            assertThat(b.report().quorum().device()).isEmpty();
        }
    }

    private static void awaitQuorum(HaNode node, QuorumRule rule, int votes, int expected) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(node.report().quorum())
                        .extracting(QuorumReport::rule, QuorumReport::votes, QuorumReport::expected)
                        .containsExactly(Optional.of(rule), votes, expected));
    }

    private static void assertVoters(HaNode node, Tuple... expected) {
        List<MemberReport> members = node.report().nodes();
        assertThat(members)
                .extracting(
                        member -> member.id().value(),
                        MemberReport::name,
                        MemberReport::votes,
                        MemberReport::expected,
                        MemberReport::counted)
                .containsExactly(expected);
    }
}
