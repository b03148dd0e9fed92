package dev.ha4j.totem.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import java.io.IOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rings behave alike over IPv4 and, where the host has it, IPv6. */
@Timeout(60)
class AddressFamiliesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final int MESSAGES = 300;

    static Stream<Arguments> here() {
        return Stream.of("127.0.0.1", "::1")
                .filter(AddressFamiliesTest::hasHost)
                .flatMap(host -> Carriage.plain().stream().map(carriage -> Arguments.of(host, carriage)));
    }

    private static boolean hasHost(String host) {
        try (DatagramSocket socket = FreePorts.hold(host)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("here")
    void messagesAreOrderedInLargeDatagramsAndADeathIsRefused(String host, Carriage carriage) throws Exception {
        try (LoopbackCluster cluster = new LoopbackCluster("family", carriage, 3, host)) {
            for (int id = 1; id <= 3; id++) {
                cluster.start(id);
            }
            await().atMost(LIMIT)
                    .pollInterval(POLL)
                    .untilAsserted(() -> assertThat(cluster.recorders.values())
                            .allSatisfy(
                                    recorder -> assertThat(recorder.members()).isEqualTo("1 2 3")));
            for (int i = 0; i < MESSAGES; i++) {
                byte[] payload = Integer.toString(i).getBytes(UTF_8);
                cluster.ring(1 + i % 3).send(Lane.CONTROL, DeliveryGuarantee.SAFE, payload);
            }
            await().atMost(LIMIT)
                    .pollInterval(POLL)
                    .untilAsserted(() -> assertThat(cluster.recorders.values())
                            .allSatisfy(
                                    recorder -> assertThat(recorder.payloads()).hasSize(MESSAGES)));
            List<String> first = cluster.recorder(1).payloads();
            assertThat(cluster.recorder(2).payloads()).isEqualTo(first);
            assertThat(cluster.recorder(3).payloads()).isEqualTo(first);
            assertThat(report(cluster).links())
                    .allSatisfy(link -> assertThat(link.datagramBytes()).isGreaterThan(50_000));

            cluster.ring(3).closeNow();
            await().atMost(LIMIT)
                    .pollInterval(POLL)
                    .untilAsserted(
                            () -> assertThat(cluster.recorder(1).members()).isEqualTo("1 2"));
            assertThat(report(cluster).refusals()).isPositive();
        }
    }

    private static UdpRingReport report(LoopbackCluster cluster) throws Exception {
        return cluster.ring(1).report().toCompletableFuture().get();
    }
}
