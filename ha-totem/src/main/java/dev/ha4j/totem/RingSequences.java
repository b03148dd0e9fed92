package dev.ha4j.totem;

import java.util.function.Consumer;

/** Durable reservation of ring sequences, so that no ring id is used twice over restarts. */
public interface RingSequences {

    /** Highest sequence ever reserved by this node, 0 if none. Read once, at start. */
    long reservedUpTo();

    /**
     * Stores durably that sequences up to {@code upTo} may be in use. Does not block.
     *
     * @param done called later on the ring's thread, never from inside this method: true when it is on disk, false when
     *         it cannot be stored, whereupon the ring fails. The owner looks at {@link TotemRing#nextDeadlineNanos}
     *         again afterwards
     */
    void reserve(long upTo, Consumer<Boolean> done);
}
