package dev.ha4j.totem.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Three nodes with two links each; what goes over link 0 passes a relay that can be cut. */
@ParameterizedClass
@MethodSource("dev.ha4j.totem.netty.Carriage#here")
class LinksTest {

    @Parameter
    private Carriage carriage;

    private static final Duration POLL = Duration.ofMillis(20);
    private static final int ROUNDS = 40;

    @ParameterizedTest
    @EnumSource(LinkPolicy.class)
    void aLinkThatIsLostAndComesBackCostsNothing(LinkPolicy policy) throws Exception {
        try (TwoLinkCluster cluster = new TwoLinkCluster(policy.name(), carriage, LinkOptions.of(policy))) {
            cluster.startAll();
            awaitLinks(cluster, true, true);
            int[] configurations = configurations(cluster);

            flood(cluster, "before");
            cluster.cut(true);
            flood(cluster, "at the loss of");
            awaitLinks(cluster, false, true);
            flood(cluster, "without");
            cluster.cut(false);
            flood(cluster, "at the return of");
            awaitLinks(cluster, true, true);
            flood(cluster, "after");

            int messages = 5 * 3 * ROUNDS;
            await().pollInterval(POLL).untilAsserted(() -> {
                for (int id = 1; id <= 3; id++) {
                    assertThat(cluster.recorder(id).payloads())
                            .hasSize(messages)
                            .doesNotHaveDuplicates();
                }
            });
            assertThat(cluster.recorder(2).payloads())
                    .isEqualTo(cluster.recorder(1).payloads());
            assertThat(cluster.recorder(3).payloads())
                    .isEqualTo(cluster.recorder(1).payloads());
            assertThat(configurations(cluster)).as("no membership change").isEqualTo(configurations);
        }
    }

    @Test
    void theReportTellsOfEachLink() throws Exception {
        try (TwoLinkCluster cluster = new TwoLinkCluster("report", carriage, LinkOptions.DEFAULTS)) {
            cluster.startAll();
            awaitLinks(cluster, true, true);
            List<LinkReport> links = links(cluster, 1);
            assertThat(links).hasSize(4).allSatisfy(link -> {
                assertThat(link.roundTrip()).isPositive();
                assertThat(link.loss()).isLessThan(0.5);
                assertThat(link.downs()).isZero();
            });
            assertThat(links).extracting(LinkReport::number).containsExactly(0, 1, 0, 1);
        }
    }

    private static int[] configurations(TwoLinkCluster cluster) {
        return IntStream.rangeClosed(1, 3)
                .map(id -> cluster.recorder(id).configurations.size())
                .toArray();
    }

    private static void flood(TwoLinkCluster cluster, String phase) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            for (int id = 1; id <= 3; id++) {
                byte[] payload = (id + " " + phase + " the link: " + round).getBytes(UTF_8);
                cluster.ring(id).send(Lane.CONTROL, DeliveryGuarantee.AGREED, payload);
            }
        }
    }

    private static void awaitLinks(TwoLinkCluster cluster, boolean... up) {
        await().atMost(Duration.ofSeconds(20)).pollInterval(POLL).untilAsserted(() -> {
            for (int id = 1; id <= 3; id++) {
                assertThat(links(cluster, id))
                        .hasSize(4)
                        .allSatisfy(link -> assertThat(link.up())
                                .as("link %d to %s", link.number(), link.peer())
                                .isEqualTo(up[link.number()]));
            }
        });
    }

    private static List<LinkReport> links(TwoLinkCluster cluster, int id)
            throws ExecutionException, InterruptedException {
        return cluster.ring(id).report().toCompletableFuture().get().links();
    }
}
