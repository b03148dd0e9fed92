package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.netty.SubmissionBuffer.Added;
import dev.ha4j.totem.netty.SubmissionBuffer.Pending;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubmissionBufferTest {

    private final SubmissionBuffer buffer = new SubmissionBuffer(100, 3);

    @Test
    void onlyTheFirstOneWakesTheLoop() {
        assertThat(buffer.offer(pending(10))).isEqualTo(Added.FIRST);
        assertThat(buffer.offer(pending(10))).isEqualTo(Added.BEHIND_OTHERS);
        assertThat(buffer.take(new ArrayDeque<>())).hasSize(2);
        assertThat(buffer.offer(pending(10))).isEqualTo(Added.FIRST);
    }

    @Test
    void bytesAndMessagesAreBounded() {
        assertThat(buffer.offer(pending(60))).isEqualTo(Added.FIRST);
        assertThat(buffer.offer(pending(60))).isEqualTo(Added.NO_ROOM);
        assertThat(buffer.offer(pending(1))).isEqualTo(Added.BEHIND_OTHERS);
        assertThat(buffer.offer(pending(1))).isEqualTo(Added.BEHIND_OTHERS);
        assertThat(buffer.offer(pending(1))).isEqualTo(Added.NO_ROOM);
    }

    @Test
    void whatHasAReceiptFindsRoomUntilTooManyAreOpen() {
        buffer.offer(pending(100));
        assertThat(buffer.ask(pending(60))).isEqualTo(Added.BEHIND_OTHERS);
        assertThat(buffer.ask(pending(60))).isEqualTo(Added.NO_ROOM);
        buffer.take(new ArrayDeque<>());
        assertThat(buffer.ask(pending(60))).isEqualTo(Added.NO_ROOM);
        buffer.settled(60);
        assertThat(buffer.ask(pending(60))).isEqualTo(Added.FIRST);
        assertThat(buffer.ask(pending(1))).isEqualTo(Added.BEHIND_OTHERS);
        assertThat(buffer.ask(pending(1))).isEqualTo(Added.BEHIND_OTHERS);
        assertThat(buffer.ask(pending(1))).isEqualTo(Added.NO_ROOM);
    }

    @Test
    void whoWaitsGoesOnWhenThereIsRoom() throws Exception {
        buffer.offer(pending(100));
        CompletableFuture<Added> second = put();
        await().until(() -> !second.isDone());
        buffer.take(new ArrayDeque<>());
        assertThat(second.get()).isEqualTo(Added.FIRST);
    }

    @Test
    void whoWaitsHearsOfTheEnd() throws Exception {
        buffer.offer(pending(100));
        CompletableFuture<Added> second = put();
        buffer.close();
        assertThat(second.get()).isEqualTo(Added.CLOSED);
        assertThat(buffer.offer(pending(1))).isEqualTo(Added.CLOSED);
        assertThat(buffer.ask(pending(1))).isEqualTo(Added.CLOSED);
    }

    private CompletableFuture<Added> put() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return buffer.put(pending(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Pending pending(int bytes) {
        return new Pending(DeliveryGuarantee.AGREED, new byte[bytes], null);
    }
}
