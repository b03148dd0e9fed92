package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.util.Comparator;

/**
 * Identity of one ring, never reused: the member with the lowest id, and a sequence that every member has reserved
 * durably before the ring forms. Ordered by sequence, then by representative.
 */
public record RingId(NodeId representative, long sequence) implements Comparable<RingId> {

    private static final Comparator<RingId> ORDER =
            Comparator.comparingLong(RingId::sequence).thenComparing(RingId::representative);

    public RingId {
        if (sequence < 0) {
            throw new IllegalArgumentException("ring sequence must not be negative: " + sequence);
        }
    }

    @Override
    public int compareTo(RingId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return representative + "." + sequence;
    }
}
