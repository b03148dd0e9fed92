package dev.ha4j.totem.netty;

import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingLimits;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.netty.SubmissionBuffer.Added;
import dev.ha4j.totem.netty.SubmissionBuffer.Pending;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The way of messages from any thread to the ring: for each lane a queue with a bound of its own, so that none holds another up. */
final class Submissions {

    private final RingLimits limits;
    private final Runnable wake;
    private final Map<Lane, SubmissionBuffer> buffers = new EnumMap<>(Lane.class);
    private final List<Feed> feeds = new ArrayList<>();

    /** @param wake makes the loop call {@link #into} soon; from any thread */
    Submissions(RingLimits limits, Runnable wake) {
        this.limits = limits;
        this.wake = wake;
        for (Lane lane : Lane.values()) {
            SubmissionBuffer buffer = new SubmissionBuffer(limits.laneBytes(), limits.laneMessages());
            buffers.put(lane, buffer);
            feeds.add(new Feed(lane, buffer));
        }
    }

    /** Waits for room. */
    void send(Lane lane, DeliveryGuarantee guarantee, byte[] payload) throws InterruptedException {
        announce(buffer(lane).put(pending(guarantee, payload)));
    }

    /** False if there is no room. */
    boolean trySend(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        Added added = buffer(lane).offer(pending(guarantee, payload));
        announce(added);
        return added != Added.NO_ROOM;
    }

    private Pending pending(DeliveryGuarantee guarantee, byte[] payload) {
        if (payload.length > limits.maxMessageBytes()) {
            throw new IllegalArgumentException("a message has at most " + limits.maxMessageBytes()
                    + " bytes (maxMessageBytes), not " + payload.length);
        }
        return new Pending(guarantee, payload);
    }

    private void announce(Added added) {
        if (added == Added.FIRST) {
            wake.run();
        }
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

    /** Whoever waits for room, or comes later, gets an {@link IllegalStateException}. From any thread. */
    void close() {
        buffers.values().forEach(SubmissionBuffer::close);
    }
}
