package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.totem.security.CertificateAuthority;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that show certificates. */
@Timeout(120)
class IdentityTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);
    /** A machine that is busy with other things does not lose the token. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Instant FROM = Instant.now().minusSeconds(3_600);
    private static final Instant UNTIL = FROM.plus(Duration.ofDays(365));
    private static final Instant SOON = Instant.now().plus(Duration.ofDays(3));

    @TempDir
    Path directory;

    private final CertificateAuthority authority =
            CertificateAuthority.create("certified", new SecureRandom(), FROM, UNTIL);

    private NodeIdentity issue(int node, Instant until) {
        return authority.issue(NodeId.of(node), FROM, until);
    }

    @Test
    void threeNodesWithCertificatesAreACluster() {
        try (Loopback cluster = new Loopback(
                directory, Loopback.config("certified").tokenTimeout(PATIENCE).build())) {
            List<HaNode> nodes = IntStream.rangeClosed(1, 3)
                    .mapToObj(id -> cluster.start(
                            cluster.node(Loopback.NAMES.get(id - 1)).identity(issue(id, id == 2 ? SOON : UNTIL))))
                    .toList();
            awaitQuorumOfThree(nodes);
            NodeReport report = nodes.get(0).report();
            assertThat(report.ring().network().certificatesEnd()).containsOnlyKeys("a", "b", "c");
            assertThat(report.problems())
                    .anySatisfy(problem -> assertThat(problem).contains("the certificate of node b expires"));

            nodes.get(1)
                    .admin()
                    .changeIdentity(issue(2, UNTIL))
                    .toCompletableFuture()
                    .join();
            await().atMost(LIMIT)
                    .pollInterval(POLL)
                    .untilAsserted(() -> assertThat(nodes.get(0).report().problems())
                            .noneSatisfy(problem -> assertThat(problem).contains("certificate")));
            assertThat(nodes.get(0).report().ring().ring())
                    .as("nothing was interrupted")
                    .isEqualTo(report.ring().ring());
        }
    }

    @Test
    void whoHasTheClusterKeyAndAnotherNodesCertificateStaysOutside() {
        try (Loopback cluster =
                new Loopback(directory, Loopback.config("certified").build())) {
            HaNode a = cluster.start(cluster.node("a").identity(issue(1, UNTIL)));
            HaNode b = cluster.start(cluster.node("b").identity(issue(2, UNTIL)));
            HaNode keyAlone = cluster.start(cluster.node("c"));
            await().atMost(LIMIT).pollInterval(POLL).untilAsserted(() -> {
                assertThat(a.report().ring().members()).containsExactly("a", "b");
                assertThat(b.report().ring().network().rejected()).containsKey("NO_CERTIFICATE");
            });
            assertThat(keyAlone.report().quorum().quorate()).isFalse();
        }
    }

    @Test
    void theCertificateOfAnotherNodeOrOfAnotherTimeIsRefusedAtTheStart() {
        try (Loopback cluster =
                new Loopback(directory, Loopback.config("certified").build())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> cluster.node("a").identity(issue(2, UNTIL)).start())
                    .withMessageContaining("URI:ha4j://certified/1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cluster.node("a")
                            .identity(issue(1, FROM.plusSeconds(1)))
                            .start())
                    .withMessageContaining("has expired");
        }
    }

    private static void awaitQuorumOfThree(List<HaNode> nodes) {
        await().atMost(LIMIT).pollInterval(POLL).untilAsserted(() -> {
            for (HaNode node : nodes) {
                assertThat(node.report().quorum().quorate()).isTrue();
                assertThat(node.report().ring().members()).hasSize(3);
            }
        });
    }
}
