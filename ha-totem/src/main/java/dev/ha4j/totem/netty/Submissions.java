package dev.ha4j.totem.netty;

import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingLimits;
import dev.ha4j.totem.SendOutcome;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.netty.SubmissionBuffer.Added;
import dev.ha4j.totem.netty.SubmissionBuffer.Pending;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of messages from any thread to the ring: for each lane a queue with a bound of its own, so that none holds another up. */
final class Submissions {

    private static final Logger LOG = LoggerFactory.getLogger(UdpRing.class);

    private final RingLimits limits;
    private final Runnable wake;
    private final Map<Lane, SubmissionBuffer> buffers = new EnumMap<>(Lane.class);
    private final List<Feed> feeds = new ArrayList<>();
    private final Receipts receipts = new Receipts();

    /** @param wake makes the loop call {@link #into} soon; from any thread */
    Submissions(RingLimits limits, Runnable wake) {
        this.limits = limits;
        this.wake = wake;
        for (Lane lane : Lane.values()) {
            SubmissionBuffer buffer = new SubmissionBuffer(limits.laneBytes(), limits.laneMessages());
            buffers.put(lane, buffer);
            feeds.add(new Feed(lane, buffer, receipts));
        }
    }

    /** Waits for room. */
    void send(Lane lane, DeliveryGuarantee guarantee, byte[] payload) throws InterruptedException {
        if (announced(buffer(lane).put(pending(guarantee, payload, null))) == Added.CLOSED) {
            throw closed();
        }
    }

    /** False if there is no room, or no ring any more. */
    boolean trySend(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        Added added = announced(buffer(lane).offer(pending(guarantee, payload, null)));
        return added == Added.FIRST || added == Added.BEHIND_OTHERS;
    }

    /** Fails, then or later, if the message will not be sent. */
    CompletionStage<SendOutcome> sendAsync(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        SubmissionBuffer buffer = buffer(lane);
        Receipt receipt = new Receipt(buffer, payload.length);
        return switch (announced(buffer.ask(pending(guarantee, payload, receipt)))) {
            case FIRST, BEHIND_OTHERS -> receipt.outcome();
            case NO_ROOM -> CompletableFuture.failedFuture(tooMany(lane));
            case CLOSED -> CompletableFuture.failedFuture(closed());
        };
    }

    private Pending pending(DeliveryGuarantee guarantee, byte[] payload, @Nullable Receipt receipt) {
        if (payload.length > limits.maxMessageBytes()) {
            throw new IllegalArgumentException("a message has at most " + limits.maxMessageBytes()
                    + " bytes (maxMessageBytes), not " + payload.length);
        }
        return new Pending(guarantee, payload, receipt);
    }

    private Added announced(Added added) {
        if (added == Added.FIRST) {
            wake.run();
        }
        return added;
    }

    private RejectedExecutionException tooMany(Lane lane) {
        return new RejectedExecutionException(
                "lane " + lane + " has " + limits.laneMessages() + " messages (laneMessages) or " + limits.laneBytes()
                        + " bytes (laneBytes) without an outcome: wait for one");
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the ring is closed");
    }

    private SubmissionBuffer buffer(Lane lane) {
        SubmissionBuffer buffer = buffers.get(lane);
        if (buffer == null) {
            throw new AssertionError(lane);
        }
        return buffer;
    }

    /** Gives the ring what it has room for. On the loop. */
    void into(TotemRing ring, long nowNanos) {
        for (Feed feed : feeds) {
            feed.into(ring, nowNanos);
        }
    }

    /** Whether the ring has taken everything. On the loop. */
    boolean isEmpty() {
        return feeds.stream().allMatch(Feed::isEmpty);
    }

    /** Who waits for what becomes of a message that the ring has taken. On the loop. */
    Receipts receipts() {
        return receipts;
    }

    /** Takes nothing more, and keeps what it has. From any thread. */
    void close() {
        buffers.values().forEach(SubmissionBuffer::close);
    }

    /** The ring is over, and everybody who waits is told so. On the loop. */
    void abandon() {
        close();
        receipts.abandon();
        int untold = feeds.stream().mapToInt(Feed::abandon).sum();
        if (untold > 0) {
            LOG.warn("the ring is over before it took {} messages", untold);
        }
    }
}
