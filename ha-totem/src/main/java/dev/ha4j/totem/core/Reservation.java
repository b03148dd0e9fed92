package dev.ha4j.totem.core;

import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingSequences;

/**
 * Ring sequences that are on disk. Taken in blocks, and the next block is asked for when half of one is used, so that
 * the commit token seldom waits.
 */
final class Reservation {

    /** What happens when an answer comes. */
    interface Outcome {
        void reserved();

        void refused();
    }

    private final RingSequences sequences;
    private final int block;
    private final Outcome outcome;
    private long first;
    private long reservedUpTo;
    private long askedUpTo;

    Reservation(RingSequences sequences, RingConfig config, Outcome outcome) {
        this.sequences = sequences;
        this.block = config.limits().ringSequenceBlock();
        this.outcome = outcome;
    }

    /** The ring starts: only now what earlier lives have reserved is sure to have been read. */
    void begin() {
        first = sequences.reservedUpTo() + 1;
        askedUpTo = sequences.reservedUpTo();
    }

    /** First sequence of this incarnation, above everything that an earlier one may have used. */
    long first() {
        return first;
    }

    boolean isPending() {
        return askedUpTo > reservedUpTo && askedUpTo >= first;
    }

    /** Whether the sequence may be used now. If not, {@link Outcome} tells later. */
    boolean allows(long sequence) {
        if (sequence > askedUpTo - block / 2) {
            askFor(sequence + block);
        }
        return sequence <= reservedUpTo;
    }

    private void askFor(long upTo) {
        askedUpTo = upTo;
        sequences.reserve(upTo, stored -> {
            if (stored) {
                reservedUpTo = Math.max(reservedUpTo, upTo);
                outcome.reserved();
            } else {
                outcome.refused();
            }
        });
    }
}
