package dev.ha4j.corosync.srp;

import dev.ha4j.totem.RingSequences;

/** Ring sequences that are on disk, taken in blocks, so that no ring gets the name of an old one. */
final class Reservation {

    private static final int BLOCK = 1_024;

    private final RingSequences sequences;
    private final Protocol node;
    private long reservedUpTo;
    private long askedUpTo;

    Reservation(RingSequences sequences, Protocol node) {
        this.sequences = sequences;
        this.node = node;
        this.reservedUpTo = sequences.reservedUpTo();
        this.askedUpTo = reservedUpTo;
    }

    /** First sequence of this life, above all that an earlier one may have used. It names no ring that others are in. */
    long first() {
        return sequences.reservedUpTo() + 1;
    }

    /** Whether the sequence may be used now; if not, the protocol is told when it may. */
    boolean allows(long sequence, long now) {
        boolean allowed = sequence <= reservedUpTo;
        if (!allowed && askedUpTo < sequence) {
            node.timers.set(Timers.Name.RESERVATION, now + node.config.reservationNanos());
            askFor(sequence + BLOCK);
        }
        return allowed;
    }

    private void askFor(long upTo) {
        askedUpTo = upTo;
        sequences.reserve(upTo, stored -> {
            if (stored) {
                reservedUpTo = Math.max(reservedUpTo, upTo);
                node.reserved();
            } else {
                node.storageFailed();
            }
        });
    }
}
