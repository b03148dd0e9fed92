package dev.ha4j.totem.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingLimits;
import dev.ha4j.totem.SendOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SendingTest {

    private static final byte[] LARGE = new byte[100_000];
    private static final int LANE_MESSAGES = RingLimits.DEFAULTS.laneMessages();

    @Test
    void theOutcomeIsKnownRightAfterTheDeliveryHere() throws Exception {
        try (LoopbackCluster cluster = ring(3)) {
            Recorder recorder = cluster.recorder(2);
            List<CompletableFuture<Integer>> delivered = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                delivered.add(sendAsync(cluster.ring(2), Integer.toString(i)).thenApply(outcome -> {
                    assertThat(outcome).isEqualTo(SendOutcome.DELIVERED);
                    return recorder.payloads().size();
                }));
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(delivered.get(i).get()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void underBackPressureTheOutcomeIsLaterAndTheOutcomesAwaitedAreBounded() throws Exception {
        try (LoopbackCluster cluster = ring(2)) {
            UdpRing ring = cluster.ring(1);
            window(ring, 0);
            fill(ring);
            List<CompletableFuture<SendOutcome>> awaited = new ArrayList<>();
            for (int i = 0; i < LANE_MESSAGES; i++) {
                awaited.add(sendAsync(ring, Integer.toString(i)));
            }
            window(ring, 0);
            assertThat(awaited).noneMatch(CompletableFuture::isDone);
            assertThatThrownBy(() -> sendAsync(ring, "one more").get())
                    .hasCauseInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("laneMessages");
            assertThat(sendAsync(ring, Lane.CONTROL, "another lane")).isNotDone();
            window(ring, 1);
            for (CompletableFuture<SendOutcome> outcome : awaited) {
                assertThat(outcome.get()).isEqualTo(SendOutcome.DELIVERED);
            }
            assertThat(sendAsync(ring, "one more").get()).isEqualTo(SendOutcome.DELIVERED);
        }
    }

    @Test
    void aReceiverThatClosesItsWindowStopsAllSendersUntilItOpensIt() throws Exception {
        try (LoopbackCluster cluster = ring(3)) {
            cluster.ring(2).advertiseWindow(0);
            awaitVisits(cluster, 2);
            CompletableFuture<SendOutcome> outcome = sendAsync(cluster.ring(1), "patience");
            awaitVisits(cluster, 2);
            assertThat(outcome).isNotDone();
            cluster.ring(2).advertiseWindow(1);
            assertThat(outcome.get()).isEqualTo(SendOutcome.DELIVERED);
        }
    }

    private static void awaitVisits(LoopbackCluster cluster, int more) {
        int before = cluster.recorder(2).visits.get();
        await().until(() -> cluster.recorder(2).visits.get() >= before + more);
    }

    @Test
    void bytesThatAwaitAnOutcomeAreBoundedToo() throws Exception {
        try (LoopbackCluster cluster = ring(2)) {
            UdpRing ring = cluster.ring(1);
            window(ring, 0);
            int room = RingLimits.DEFAULTS.laneBytes() / LARGE.length;
            for (int i = 0; i < room; i++) {
                assertThat(sendAsync(ring, LARGE)).isNotDone();
            }
            assertThatThrownBy(() -> sendAsync(ring, LARGE).get()).hasMessageContaining("laneBytes");
        }
    }

    @Test
    void whatWasHandedOverBeforeTheCloseIsDelivered() throws Exception {
        try (LoopbackCluster cluster = ring(2)) {
            UdpRing ring = cluster.ring(1);
            int messages = 300;
            for (int i = 0; i < messages; i++) {
                ring.send(Lane.BULK, DeliveryGuarantee.AGREED, LARGE);
            }
            CompletableFuture<SendOutcome> last = sendAsync(ring, "bye");
            ring.close();
            assertThat(last.get()).isEqualTo(SendOutcome.DELIVERED);
            assertThat(cluster.recorder(1).ends).containsExactly("left");
            await().untilAsserted(
                            () -> assertThat(cluster.recorder(2).payloads()).hasSize(messages + 1));
        }
    }

    @Test
    void aWordIsDeliveredThoughItsSenderClosesBeforeItHasJoined() throws Exception {
        try (LoopbackCluster cluster = new LoopbackCluster("sending", Carriage.NIO, 2).withPatience()) {
            cluster.start(2);
            await().until(() -> cluster.recorder(2).members().equals("2"));
            UdpRing ring = cluster.start(1);
            CompletableFuture<SendOutcome> word = sendAsync(ring, "hello and bye");
            ring.close();
            assertThat(word.get()).isEqualTo(SendOutcome.DELIVERED);
        }
    }

    @Test
    void aRingThatCannotSendAnswersAllTheSame() throws Exception {
        try (LoopbackCluster cluster = ring(2)) {
            assertAnswersAtItsEnd(cluster.ring(1), UdpRing::close);
            assertThat(cluster.recorder(1).ends).containsExactly("left");
            assertThat(cluster.recorder(2).payloads()).isEmpty();
        }
    }

    @Test
    void anEndWithoutALeaveAnswersAllTheSame() throws Exception {
        try (LoopbackCluster cluster = ring(2)) {
            assertAnswersAtItsEnd(cluster.ring(1), UdpRing::closeNow);
        }
    }

    /** Both what the ring has taken and what still waits for room. */
    private static void assertAnswersAtItsEnd(UdpRing ring, Consumer<UdpRing> end) throws Exception {
        window(ring, 0);
        CompletableFuture<SendOutcome> taken = sendAsync(ring, "taken");
        fill(ring);
        CompletableFuture<SendOutcome> waiting = sendAsync(ring, "waiting");
        end.accept(ring);
        assertThat(taken.get()).isEqualTo(SendOutcome.INDETERMINATE);
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedRingTakesNothing() throws Exception {
        try (LoopbackCluster cluster = ring(2)) {
            UdpRing ring = cluster.ring(1);
            ring.close();
            assertThat(ring.trySend(Lane.BULK, DeliveryGuarantee.AGREED, LARGE)).isFalse();
            assertThatThrownBy(() -> ring.send(Lane.BULK, DeliveryGuarantee.AGREED, LARGE))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> sendAsync(ring, LARGE).get()).hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    private static LoopbackCluster ring(int nodes) throws IOException {
        return new LoopbackCluster("sending", Carriage.NIO, nodes).startAll();
    }

    private static CompletableFuture<SendOutcome> sendAsync(UdpRing ring, String text) {
        return sendAsync(ring, Lane.BULK, text);
    }

    private static CompletableFuture<SendOutcome> sendAsync(UdpRing ring, Lane lane, String text) {
        return ring.sendAsync(lane, DeliveryGuarantee.AGREED, text.getBytes(UTF_8))
                .toCompletableFuture();
    }

    private static CompletableFuture<SendOutcome> sendAsync(UdpRing ring, byte[] payload) {
        return ring.sendAsync(Lane.BULK, DeliveryGuarantee.AGREED, payload).toCompletableFuture();
    }

    /** Until the loop takes no more of the lane either. */
    private static void fill(UdpRing ring) {
        boolean more;
        do {
            more = false;
            while (ring.trySend(Lane.BULK, DeliveryGuarantee.AGREED, LARGE)) {
                more = true;
            }
            window(ring, 0);
        } while (more);
    }

    /** Returns when the ring has it: what is sent later goes by it. */
    private static void window(UdpRing ring, double fractionOfFull) {
        ring.advertiseWindow(fractionOfFull);
        ring.report().toCompletableFuture().join();
    }
}
