package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterConfigBuilder;
import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.api.config.SocketKind;
import dev.ha4j.api.report.LinkSummary;
import dev.ha4j.api.report.NetworkSummary;
import dev.ha4j.node.metrics.Ha4jMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration says about keys and links reaches the ring. */
@Timeout(120)
class RingOptionsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    @TempDir
    Path directory;

    @Test
    void aPassphraseIsAKeyAndIsChangedWhileAllGoOn() {
        AuthKey words = AuthKey.passphrase("correct horse battery staple");
        AuthKey next = AuthKey.random().number(2);
        LinkOptions links = LinkOptions.of(LinkPolicy.ACTIVE).priorities(1, 2);
        try (Loopback cluster = new Loopback(
                directory, Loopback.config("words").authKey(words).links(links).build())) {
            List<HaNode> nodes = cluster.startAll();
            awaitKey(nodes, 1);
            changeKeys(nodes, words, next);
            changeKeys(nodes, next, words);
            awaitKey(nodes, 2);
            await().atMost(LIMIT).pollInterval(POLL).ignoreExceptions().untilAsserted(() -> changeKeys(nodes, next));
            assertThat(nodes.get(0).report().quorum().quorate()).isTrue();
            NetworkSummary network = nodes.get(0).report().ring().network();
            assertThat(network.sockets()).isPresent().isNotEqualTo(Optional.of(SocketKind.AUTO));
            assertThat(network.bound())
                    .isEqualTo(nodes.get(1).report().ring().links().stream()
                            .filter(link -> link.peer().equals("a"))
                            .map(LinkSummary::address)
                            .toList());
            assertThat(network.receiveBufferBytes()).isPositive();
            assertThat(network.oversized()).isZero();
            assertThat(network.undecodable()).isEmpty();
            assertThatThrownBy(() -> changeKeys(nodes, words))
                    .hasMessageContaining("sends with key 2")
                    .hasCauseInstanceOf(IllegalStateException.class);

            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            new Ha4jMetrics(nodes.get(0)).bindTo(meters);
            assertThat(meters.get("ha4j.key").gauge().value()).isEqualTo(2);
            assertThat(meters.get("ha4j.quorum.votes").gauge().value()).isEqualTo(3);
            assertThat(meters.get("ha4j.quorum.threshold").gauge().value()).isEqualTo(2);
            assertThat(meters.get("ha4j.quorum.expected").gauge().value()).isEqualTo(3);
            assertThat(meters.get("ha4j.token.rotation").gauge().value()).isPositive();
            assertThat(meters.get("ha4j.token.rotations").functionCounter().count())
                    .isPositive();
            assertThat(meters.get("ha4j.token.window").gauge().value()).isPositive();
            assertThat(meters.get("ha4j.net.out").functionCounter().count()).isPositive();
            assertThat(meters.get("ha4j.net.errors").functionCounter().count()).isZero();
            assertThat(meters.get("ha4j.net.rejected")
                            .tag("reason", "replay")
                            .functionCounter()
                            .count())
                    .isPositive(); // the copies on the second link
        }
    }

    @Test
    void withoutASecretItSaysSo() {
        try (Loopback cluster =
                new Loopback(directory, Loopback.keyless("open").insecure().build())) {
            HaNode node = cluster.start(cluster.node("a"));
            assertThat(node.report().problems())
                    .anySatisfy(problem -> assertThat(problem).contains("insecure"));
        }
    }

    /** Leases follow from it: the others would not wait long enough for the end of that node's. */
    @Test
    void aNodeWithAnotherTokenTimeoutIsRefusedAndNamed() {
        ClusterConfigBuilder same = Loopback.config("timeouts").tokenTimeout(Duration.ofSeconds(2));
        ClusterConfig config = same.build();
        ClusterConfig other = same.tokenTimeout(Duration.ofSeconds(10)).build();
        try (Loopback cluster = new Loopback(directory, config)) {
            HaNode a = cluster.start(cluster.node("a"));
            HaNode b = cluster.start(cluster.node("b"));
            HaNode c = cluster.start(cluster.node("c", other));
            await().atMost(LIMIT).pollInterval(POLL).untilAsserted(() -> {
                assertThat(a.report().ring().members()).containsExactly("a", "b");
                assertThat(b.report().problems())
                        .anySatisfy(problem -> assertThat(problem).contains("node c has another token timeout"));
            });
            assertThat(c.report().quorum().quorate()).isFalse();
            assertThat(a.report().ring().options().times().toString()).contains("tokenTimeout=PT2S (set)");
        }
    }

    @Test
    void aSecondProcessWithTheIdOfALivingNodeIsReported() {
        try (Loopback cluster = new Loopback(directory, Loopback.config("twins").build())) {
            List<HaNode> nodes = cluster.startAll();
            await().atMost(LIMIT)
                    .pollInterval(POLL)
                    .until(() -> nodes.get(0).report().ring().members().size() == 3);
            HaNode twin = cluster.start(cluster.node("c")
                    .stateDirectory(directory.resolve("twin"))
                    .bind(List.of(Loopback.free("127.0.0.1"), Loopback.free("127.0.0.2"))));
            await().atMost(LIMIT)
                    .pollInterval(POLL)
                    .untilAsserted(() -> assertThat(nodes.get(0).report().problems())
                            .anySatisfy(
                                    problem -> assertThat(problem).startsWith("another process says to be node c")));
            assertThat(twin.report().quorum().quorate()).isFalse();
            assertThat(nodes.get(0).report().ring().members()).containsExactly("a", "b", "c");
        }
    }

    private static void awaitKey(List<HaNode> nodes, int number) {
        await().atMost(LIMIT).pollInterval(POLL).untilAsserted(() -> {
            for (HaNode node : nodes) {
                assertThat(node.report().ring().network().peerKeyNumbers().values())
                        .containsExactly(number, number);
                assertThat(node.report().ring().network().keyNumber()).isEqualTo(number);
            }
        });
    }

    private static void changeKeys(List<HaNode> nodes, AuthKey first, AuthKey... others) {
        for (HaNode node : nodes) {
            node.admin().changeKeys(first, others).toCompletableFuture().join();
        }
    }
}
