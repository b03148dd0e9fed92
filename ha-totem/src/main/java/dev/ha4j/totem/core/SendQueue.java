package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Fragment;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.Submission;
import dev.ha4j.totem.wire.TotemCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Own submissions: queued by lane, packed into ordered messages (small ones together, large ones in fragments), and
 * remembered until their delivery.
 */
final class SendQueue {

    /** What a {@link dev.ha4j.totem.RecoveryMessage} adds to an original. */
    private static final int ENVELOPE_BYTES = 20;

    private static final int MIN_FRAGMENT_BYTES = 64;

    private final RingConfig config;
    private int capacity;
    private final Map<Lane, Queue> lanes = new EnumMap<>(Lane.class);
    private final ArrayDeque<Long> inFlight = new ArrayDeque<>();
    private long lastId;

    /** The last packet that not every member is known to have; 0 if there is none. */
    private long unsafeSequence;

    SendQueue(RingConfig config) {
        this.config = config;
        adapt(config.limits().maxPacketBytes());
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new Queue());
        }
    }

    /** Packets are so large from now on. */
    void adapt(int packetBytes) {
        capacity = packetBytes - ENVELOPE_BYTES - TotemCodec.REGULAR_HEADER_BYTES;
    }

    int packetBytes() {
        return capacity + ENVELOPE_BYTES + TotemCodec.REGULAR_HEADER_BYTES;
    }

    Submission submit(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        Queue queue = queue(lane);
        boolean fits = payload.length <= config.limits().maxMessageBytes()
                && queue.bytes + payload.length <= config.limits().laneBytes()
                && queue.waiting.size() < config.limits().laneMessages();
        if (!fits) {
            return new Submission.WouldBlock();
        }
        lastId++;
        queue.add(new Pending(lastId, guarantee, payload));
        return new Submission.Accepted(lastId);
    }

    boolean isEmpty() {
        return lanes.values().stream().allMatch(queue -> queue.waiting.isEmpty());
    }

    int messages() {
        return lanes.values().stream().mapToInt(queue -> queue.waiting.size()).sum();
    }

    /** About how many packets are waiting. */
    int packets() {
        long bytes = 0;
        for (Queue queue : lanes.values()) {
            bytes += queue.bytes + (long) queue.waiting.size() * TotemCodec.FRAGMENT_HEADER_BYTES;
        }
        return (int) ((bytes + capacity - 1) / capacity);
    }

    /** The next packet, drained from the lanes in their order. Only when not empty. */
    RegularMessage pack(RingId ring, long sequence, NodeId self) {
        List<Fragment> fragments = new ArrayList<>();
        DeliveryGuarantee guarantee = DeliveryGuarantee.AGREED;
        int room = capacity;
        for (Queue queue : lanes.values()) {
            while (hasRoom(queue, room, fragments.size())) {
                Pending pending = queue.waiting.getFirst();
                Fragment fragment = pending.next(room - TotemCodec.FRAGMENT_HEADER_BYTES);
                room -= TotemCodec.FRAGMENT_HEADER_BYTES + fragment.length();
                fragments.add(fragment);
                guarantee = pending.guarantee == DeliveryGuarantee.SAFE ? DeliveryGuarantee.SAFE : guarantee;
                if (fragment.last()) {
                    queue.remove();
                    inFlight.addLast(pending.id);
                }
            }
        }
        unsafeSequence = sequence;
        return new RegularMessage(ring, sequence, self, guarantee, fragments);
    }

    private static boolean hasRoom(Queue queue, int room, int fragments) {
        return !queue.waiting.isEmpty()
                && room >= TotemCodec.FRAGMENT_HEADER_BYTES + MIN_FRAGMENT_BYTES
                && fragments < TotemCodec.MAX_FRAGMENTS;
    }

    /** Every member has all packets up to here. */
    void safe(long upTo) {
        unsafeSequence = unsafeSequence <= upTo ? 0 : unsafeSequence;
    }

    /** Nothing waits or is under way, and every member has what was sent. */
    boolean isDrained() {
        return isEmpty() && inFlight.isEmpty() && unsafeSequence == 0;
    }

    /** Own messages come back in the order of their sending, as far as they come back. */
    void delivered(long id) {
        if (!inFlight.isEmpty() && inFlight.getFirst() == id) {
            inFlight.removeFirst();
        } else {
            inFlight.remove(id);
        }
    }

    /** A new ring starts: begun messages begin again. What was sent and did not come back is returned, and forgotten. */
    List<Long> restart() {
        for (Queue queue : lanes.values()) {
            if (!queue.waiting.isEmpty()) {
                queue.waiting.getFirst().restart();
            }
        }
        List<Long> lost = List.copyOf(new TreeSet<>(inFlight));
        inFlight.clear();
        unsafeSequence = 0;
        return lost;
    }

    /** The ring is over: everything not delivered, by id. */
    List<Long> drain() {
        TreeSet<Long> open = new TreeSet<>(inFlight);
        lanes.values().forEach(queue -> queue.waiting.forEach(pending -> open.add(pending.id)));
        lanes.values().forEach(Queue::clear);
        inFlight.clear();
        unsafeSequence = 0;
        return List.copyOf(open);
    }

    private Queue queue(Lane lane) {
        Queue queue = lanes.get(lane);
        if (queue == null) {
            throw new AssertionError(lane);
        }
        return queue;
    }

    private static final class Queue {
        private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
        private long bytes;

        void add(Pending pending) {
            waiting.addLast(pending);
            bytes += pending.payload.length;
        }

        void remove() {
            bytes -= waiting.removeFirst().payload.length;
        }

        void clear() {
            waiting.clear();
            bytes = 0;
        }
    }

    private static final class Pending {
        private final long id;
        private final DeliveryGuarantee guarantee;
        private final byte[] payload;
        private int sentBytes;
        private int sentFragments;

        Pending(long id, DeliveryGuarantee guarantee, byte[] payload) {
            this.id = id;
            this.guarantee = guarantee;
            this.payload = payload;
        }

        Fragment next(int room) {
            int length = Math.min(room, payload.length - sentBytes);
            int from = sentBytes;
            sentBytes += length;
            return new Fragment(id, sentFragments++, sentBytes == payload.length, payload, from, length);
        }

        void restart() {
            sentBytes = 0;
            sentFragments = 0;
        }
    }
}
