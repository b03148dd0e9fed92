package dev.ha4j.totem.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.SocketOptions;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.security.ClusterKey;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.ha4j.totem.netty.Carriage#here")
@Timeout(60)
class UdpRingTest {

    @Parameter
    private Carriage carriage;

    private static final Duration POLL = Duration.ofMillis(1);

    @Test
    void deliversTheSameOrderEverywhere() throws Exception {
        try (LoopbackCluster cluster = startedRing("order", 3)) {
            for (int i = 0; i < 1_000; i++) {
                int sender = 1 + i % 3;
                byte[] payload = (sender + ":" + i).getBytes(UTF_8);
                assertThat(cluster.ring(sender).trySend(Lane.CONTROL, DeliveryGuarantee.AGREED, payload))
                        .isTrue();
            }
            await().pollInterval(POLL).untilAsserted(() -> {
                for (Recorder recorder : cluster.recorders.values()) {
                    assertThat(recorder.payloads()).hasSize(1_000);
                }
            });
            assertThat(cluster.recorder(2).payloads())
                    .isEqualTo(cluster.recorder(1).payloads());
            assertThat(cluster.recorder(3).payloads())
                    .isEqualTo(cluster.recorder(1).payloads());
            UdpRingReport report = report(cluster.ring(1));
            assertThat(report.security().confirmedPeers()).hasSize(2);
            assertThat(report.oversized()).isZero();
            assertThat(report.undecodable()).isEmpty();
            assertThat(report.sockets()).isEqualTo(carriage.sockets());
        }
    }

    @Test
    void aThreadThatSendsTooMuchWaitsAndNothingIsLost() throws Exception {
        try (LoopbackCluster cluster = startedRing("flood", 3)) {
            int messages = 2_000;
            for (int i = 0; i < messages; i++) {
                byte[] payload = Arrays.copyOf(Integer.toString(i).getBytes(UTF_8), i % 100 == 0 ? 100_000 : 10_000);
                cluster.ring(2).send(Lane.BULK, DeliveryGuarantee.AGREED, payload);
            }
            await().pollInterval(POLL).untilAsserted(() -> {
                for (Recorder recorder : cluster.recorders.values()) {
                    assertThat(recorder.payloads()).hasSize(messages);
                }
            });
            assertThat(cluster.recorder(3).payloads())
                    .isEqualTo(cluster.recorder(2).payloads());
            UdpRingReport report = report(cluster.ring(2));
            if (carriage.hasLargeDatagrams()) {
                assertThat(report.packetsOut())
                        .as("packets are as large as the loopback interface allows")
                        .isLessThan(messages * 2L);
            }
            assertThat(report.ring().members()).hasSize(3);
        }
    }

    @Test
    void aMessageThatIsTooLargeIsAnErrorThatNamesTheLimit() throws Exception {
        try (LoopbackCluster cluster = startedRing("large", 2)) {
            byte[] tooLarge = new byte[(1 << 20) + 1];
            assertThatThrownBy(() -> cluster.ring(1).trySend(Lane.BULK, DeliveryGuarantee.AGREED, tooLarge))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxMessageBytes");
            assertThat(cluster.ring(1).trySend(Lane.BULK, DeliveryGuarantee.AGREED, new byte[1 << 20]))
                    .isTrue();
            await().pollInterval(POLL)
                    .untilAsserted(
                            () -> assertThat(cluster.recorder(2).payloads()).hasSize(1));
        }
    }

    @Test
    void groupsAreUsedWhenThePeersHearThem() throws Exception {
        try (LoopbackCluster cluster = startedRing("groups", 3)) {
            await().untilAsserted(() -> assertThat(report(cluster.ring(2)).links())
                    .extracting(LinkReport::byMulticast)
                    .containsOnly(carriage.isMulticast()));
            long before = report(cluster.ring(2)).packetsOut();
            for (int i = 0; i < 300; i++) {
                cluster.ring(2).send(Lane.BULK, DeliveryGuarantee.AGREED, new byte[100_000]);
            }
            await().pollInterval(POLL)
                    .untilAsserted(
                            () -> assertThat(cluster.recorder(3).payloads()).hasSize(300));
            long packets = report(cluster.ring(2)).packetsOut() - before;
            if (carriage.hasLargeDatagrams()) {
                System.out.println(
                        carriage + ": " + packets + " datagrams for 300 messages of 100,000 bytes to two peers");
            }
        }
    }

    @Test
    void keysChangeUnderLoadWithoutALossOrAChangeOfMembers() throws Exception {
        try (LoopbackCluster cluster =
                new LoopbackCluster("keys", carriage, 3).withPatience().startAll()) {
            ClusterKey old = cluster.key();
            ClusterKey next = ClusterKey.generate(new SecureRandom()).withId(2);
            int configurations = cluster.recorder(1).configurations.size();
            AtomicInteger sent = new AtomicInteger();
            flood(cluster, sent);
            changeKeys(cluster, List.of(old, next));
            flood(cluster, sent);
            changeKeys(cluster, List.of(next, old));
            await("nobody sends with the old key")
                    .pollInterval(POLL)
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        flood(cluster, sent);
                        changeKeys(cluster, List.of(next));
                    });
            flood(cluster, sent);
            await().pollInterval(POLL).untilAsserted(() -> {
                for (Recorder recorder : cluster.recorders.values()) {
                    assertThat(recorder.payloads()).hasSize(sent.get());
                }
            });
            assertThat(cluster.recorder(1).configurations).hasSize(configurations);
            assertThat(report(cluster.ring(1)).security().confirmedPeers().values())
                    .containsOnly(2);
        }
    }

    /** The same name, nodes and ports, but another key: as when somebody copies a configuration. */
    @Test
    void clustersWithDifferentKeysIgnoreEachOther() throws Exception {
        try (LoopbackCluster cluster = new LoopbackCluster("twins", carriage, 3);
                LoopbackCluster other = cluster.withAnotherKey()) {
            cluster.start(1);
            cluster.start(2);
            awaitMembers(cluster, "1 2", 1, 2);
            int configurations = cluster.recorder(1).configurations.size();
            other.start(3);
            awaitMembers(other, "3", 3);
            await().pollInterval(POLL)
                    .untilAsserted(
                            () -> assertThat(report(cluster.ring(1)).security().rejectedTotal())
                                    .isGreaterThan(20));
            assertThat(cluster.recorder(1).configurations).hasSize(configurations);
            assertThat(other.recorder(3).members()).isEqualTo("3");
        }
    }

    /** It is refused by all, disturbs nobody, and everybody can tell. */
    @Test
    void aSecondProcessWithTheIdOfALivingNodeIsReported() throws Exception {
        try (LoopbackCluster cluster = new LoopbackCluster("doubles", carriage, 2)) {
            cluster.start(1);
            cluster.start(2);
            awaitMembers(cluster, "1 2", 1, 2);
            int configurations = cluster.recorder(1).configurations.size();
            try (UdpRing twin = cluster.startTwin(2)) {
                await().atMost(Duration.ofSeconds(20))
                        .pollInterval(POLL)
                        .untilAsserted(() -> assertThat(
                                        report(cluster.ring(1)).security().twins())
                                .containsOnlyKeys(NodeId.of(2)));
                assertThat(report(twin).ring().members()).doesNotContain(NodeId.of(1));
            }
            assertThat(cluster.recorder(1).configurations).hasSize(configurations);
        }
    }

    /** The window follows from it, so no kind of socket may tell more than there is. */
    @Test
    void theReceiveBufferIsNoMoreThanWasAskedFor() throws Exception {
        try (LoopbackCluster cluster = new LoopbackCluster("buffers", carriage, 1)) {
            cluster.start(1);
            assertThat(report(cluster.ring(1)).receiveBufferBytes())
                    .isPositive()
                    .isLessThanOrEqualTo(SocketOptions.DEFAULTS.bufferBytes());
        }
    }

    private static void flood(LoopbackCluster cluster, AtomicInteger sent) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            byte[] payload = Integer.toString(sent.getAndIncrement()).getBytes(UTF_8);
            cluster.ring(1 + i % 3).send(Lane.CONTROL, DeliveryGuarantee.AGREED, payload);
        }
    }

    private static void changeKeys(LoopbackCluster cluster, List<ClusterKey> keys) {
        assertThat(cluster.rings.values())
                .allSatisfy(ring -> ring.changeKeys(keys).toCompletableFuture().get());
    }

    @Test
    void crashIsNoticedByRefusal() throws Exception {
        try (LoopbackCluster cluster = startedRing("crash", 3)) {
            long crashNanos = System.nanoTime();
            cluster.ring(3).closeNow();
            awaitMembers(cluster, "1 2", 1, 2);
            long millis = (cluster.recorder(1).lastConfigurationNanos - crashNanos) / 1_000_000;
            System.out.println("crash to ring of the survivors: " + millis + " ms");
            assertThat(report(cluster.ring(1)).refusals()).isPositive();
            cluster.start(3);
            awaitMembers(cluster, "1 2 3", 1, 2, 3);
        }
    }

    /** A probe that is passed on replaces one that a timer would have sent, at the end of a wake-up of its own. */
    @Test
    void anIdleRingIsNearlySilent() throws Exception {
        try (LoopbackCluster cluster = startedRing("idle", 3)) {
            awaitVisits(cluster, 5);
            long before = report(cluster.ring(2)).packetsOut();
            long beganNanos = System.nanoTime();
            awaitVisits(cluster, 20);
            double seconds = (System.nanoTime() - beganNanos) / 1e9;
            assertThat((report(cluster.ring(2)).packetsOut() - before) / seconds)
                    .as("packets a second")
                    .isBetween(5.0, 45.0);
        }
    }

    private static void awaitVisits(LoopbackCluster cluster, int visits) {
        await().pollInterval(POLL)
                .untilAsserted(
                        () -> assertThat(cluster.recorder(2).visits.get()).isGreaterThanOrEqualTo(visits));
    }

    @Test
    void leavesCleanlyAndLeavesNothingBehind() throws Exception {
        try (LoopbackCluster cluster = startedRing("leave", 3)) {
            cluster.ring(2).close();
            assertThat(cluster.recorder(2).ends).containsExactly("left");
            awaitMembers(cluster, "1 3", 1, 3);
            cluster.ring(1).close();
            cluster.ring(3).close();
            assertThat(cluster.hasThread()).isFalse();
            try (DatagramSocket free = new DatagramSocket(cluster.address(2))) {
                assertThat(free.isBound()).isTrue();
            }
            assertThatThrownBy(() -> report(cluster.ring(1))).hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void garbageIsCountedAndHarmless() throws Exception {
        try (LoopbackCluster cluster = startedRing("garbage", 2);
                DatagramSocket stranger = new DatagramSocket()) {
            Random random = new Random(1);
            for (int i = 0; i < 500; i++) {
                byte[] noise = new byte[random.nextInt(1_400)];
                random.nextBytes(noise);
                stranger.send(new DatagramPacket(noise, noise.length, cluster.address(1)));
            }
            await().pollInterval(POLL)
                    .untilAsserted(
                            () -> assertThat(report(cluster.ring(1)).security().rejectedTotal())
                                    .isGreaterThan(100));
            assertThat(cluster.recorder(1).members()).isEqualTo("1 2");
        }
    }

    @Test
    void takenPortIsAnErrorThatLeavesNoThread() throws IOException {
        try (LoopbackCluster cluster = new LoopbackCluster("taken", carriage, 2);
                DatagramSocket taken = new DatagramSocket(cluster.address(1))) {
            assertThatThrownBy(() -> cluster.start(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("can't bind");
            assertThat(taken.isBound()).isTrue();
            assertThat(cluster.hasThread()).isFalse();
        }
    }

    private LoopbackCluster startedRing(String name, int nodes) throws IOException {
        return new LoopbackCluster(name, carriage, nodes).startAll();
    }

    private static void awaitMembers(LoopbackCluster cluster, String members, int... ids) {
        await().pollInterval(POLL).untilAsserted(() -> {
            for (int id : ids) {
                assertThat(cluster.recorder(id).members()).isEqualTo(members);
            }
        });
    }

    private static UdpRingReport report(UdpRing ring) throws ExecutionException, InterruptedException {
        return ring.report().toCompletableFuture().get();
    }
}
