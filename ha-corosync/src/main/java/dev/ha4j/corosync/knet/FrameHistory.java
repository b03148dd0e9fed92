package dev.ha4j.corosync.knet;

import java.util.BitSet;

/** Which of a sender's frames have been here: the numbers behind the highest one, which wrap after 65,535. */
final class FrameHistory {

    static final int CAPACITY = 4_096;

    private static final int NUMBERS = 1 << 16;

    private final BitSet seen = new BitSet(CAPACITY);
    private int highest;
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

    /** The sender has come so far, with frames for others maybe. */
    void advanceTo(int sequence) {
        if (!begun) {
            begun = true;
            highest = sequence;
        } else if (!isBehind(sequence)) {
            clearUpTo(sequence);
            highest = sequence;
        }
    }

    private void clearUpTo(int sequence) {
        int ahead = (sequence - highest) & (NUMBERS - 1);
        if (ahead >= CAPACITY) {
            seen.clear();
            return;
        }
        for (int i = 1; i <= ahead; i++) {
            seen.clear((highest + i) % CAPACITY);
        }
    }

    private boolean isBehind(int sequence) {
        return behind(sequence) < NUMBERS / 2;
    }

    private int behind(int sequence) {
        return (highest - sequence) & (NUMBERS - 1);
    }
}
