package dev.ha4j.corosync.knet;

import java.util.BitSet;

/** Which of a sender's frames have been here: the numbers behind the highest one, which wrap after 65,535. */
final class FrameHistory {

    static final int CAPACITY = 4_096;

    private static final int NUMBERS = 1 << 16;

    private final BitSet seen = new BitSet(CAPACITY);

    /** Counted on where the numbers wrap, and where the sender began anew: no two frames have the same position. */
    private long highest;

    private boolean begun;

    /** The sender began anew, or may have. */
    void forget() {
        begun = false;
        seen.clear();
    }

    boolean contains(int sequence) {
        return begun && behind(sequence) < CAPACITY && seen.get(sequence % CAPACITY);
    }

    /** A number that is out of reach belongs to a sender that lost its own history. */
    void add(int sequence) {
        if (begun && isBehind(sequence) && behind(sequence) >= CAPACITY) {
            forget();
        }
        advanceTo(sequence);
        seen.set(sequence % CAPACITY);
    }

    /** The sender has come so far, with frames for others maybe. True if that is farther than it was. */
    boolean advanceTo(int sequence) {
        if (begun && isBehind(sequence)) {
            return false;
        }
        if (begun) {
            clearUpTo(sequence);
            highest = position(sequence);
        } else {
            begun = true;
            highest = (highest / NUMBERS + 1) * NUMBERS + sequence;
        }
        return true;
    }

    /** The place of a frame among all of its sender's; one of them has to be known. */
    long position(int sequence) {
        return isBehind(sequence) ? highest - behind(sequence) : highest + ahead(sequence);
    }

    /** Where what is remembered begins. */
    long firstPosition() {
        return highest - CAPACITY + 1;
    }

    private void clearUpTo(int sequence) {
        int ahead = ahead(sequence);
        if (ahead >= CAPACITY) {
            seen.clear();
            return;
        }
        for (int i = 1; i <= ahead; i++) {
            seen.clear((int) ((highest + i) % CAPACITY));
        }
    }

    private boolean isBehind(int sequence) {
        return behind(sequence) < NUMBERS / 2;
    }

    private int behind(int sequence) {
        return (int) (highest - sequence) & (NUMBERS - 1);
    }

    private int ahead(int sequence) {
        return (int) (sequence - highest) & (NUMBERS - 1);
    }
}
