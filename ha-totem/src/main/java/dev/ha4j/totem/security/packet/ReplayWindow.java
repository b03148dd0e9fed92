package dev.ha4j.totem.security.packet;

import java.util.Arrays;

/** Which of the last {@value #SIZE} counters of a session were received; wide enough for two links of unequal delay. */
final class ReplayWindow {

    static final int SIZE = 8192;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long highest = -1;

    /** Whether the counter is new; says nothing about who sent it, so nothing is marked, and it may be any number. */
    boolean mayAccept(long counter) {
        if (counter < 0) {
            return false; // nobody counts that far
        }
        if (isAhead(counter)) {
            return true;
        }
        return highest - counter < SIZE && (seen[word(counter)] & bit(counter)) == 0;
    }

    /** Marks a counter whose packet turned out to be authentic. */
    void accept(long counter) {
        if (isAhead(counter)) {
            forgetUpTo(counter);
            highest = counter;
        }
        seen[word(counter)] |= bit(counter);
    }

    private boolean isAhead(long counter) {
        return counter > highest;
    }

    private void forgetUpTo(long counter) {
        if (counter - SIZE >= highest) {
            Arrays.fill(seen, 0);
            return;
        }
        for (long each = highest + 1; each <= counter; each++) {
            seen[word(each)] &= ~bit(each);
        }
    }

    private static int word(long counter) {
        return (int) (counter / Long.SIZE % (SIZE / Long.SIZE));
    }

    private static long bit(long counter) {
        return 1L << (counter % Long.SIZE);
    }
}
