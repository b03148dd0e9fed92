package dev.ha4j.controller;

import dev.ha4j.controller.codec.Message;
import dev.ha4j.controller.codec.MessageCodecs;
import dev.ha4j.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Hands messages to the ring, in their order within a lane, and tries again while the ring's queue is full. */
final class Outbox {

    /** More waiting messages than these mean that the ring does not move: the node stops. */
    static final int MAX_WAITING = 16_384;

    private static final long RETRY_NANOS = Duration.ofMillis(2).toNanos();

    private final OrderedBroadcast broadcast;
    private final EventLoop loop;
    private final Consumer<String> failed;
    private final Map<Lane, Deque<byte[]>> waiting = new EnumMap<>(Lane.class);
    private boolean retrying;

    Outbox(OrderedBroadcast broadcast, EventLoop loop, Consumer<String> failed) {
        this.broadcast = broadcast;
        this.loop = loop;
        this.failed = failed;
        for (Lane lane : Lane.values()) {
            waiting.put(lane, new ArrayDeque<>());
        }
    }

    void send(Message message) {
        send(
                message instanceof Message.SnapshotChunk ? Lane.BULK : Lane.CONTROL,
                MessageCodecs.MESSAGE.encode(message));
    }

    private void send(Lane lane, byte[] payload) {
        Deque<byte[]> queue = queue(lane);
        if (queue.size() >= MAX_WAITING) {
            failed.accept("the ring takes no more messages");
            return;
        }
        queue.add(payload);
        flush();
    }

    /** What was not taken yet belongs to a ring that is gone. */
    void clear() {
        waiting.values().forEach(Deque::clear);
    }

    private void flush() {
        boolean blocked = false;
        for (Lane lane : Lane.values()) {
            blocked |= !drained(lane);
        }
        if (blocked && !retrying) {
            retrying = true;
            loop.schedule(RETRY_NANOS, () -> {
                retrying = false;
                flush();
            });
        }
    }

    private boolean drained(Lane lane) {
        Deque<byte[]> queue = queue(lane);
        while (!queue.isEmpty()) {
            if (broadcast.submit(lane, queue.peek()) instanceof Submission.WouldBlock) {
                return false;
            }
            queue.remove();
        }
        return true;
    }

    private Deque<byte[]> queue(Lane lane) {
        return java.util.Objects.requireNonNull(waiting.get(lane));
    }
}
