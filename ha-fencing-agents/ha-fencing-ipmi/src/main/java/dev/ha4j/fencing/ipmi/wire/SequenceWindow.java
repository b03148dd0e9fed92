package dev.ha4j.fencing.ipmi.wire;

/**
 * Accepts each session sequence number at most once (IPMI 2.0, 6.12.13). Numbers more than {@value #BEHIND} behind the
 * highest are refused; any leap forward is accepted, since only genuine packets are shown to the window. Not
 * thread-safe.
 */
public final class SequenceWindow {

    /** How far behind the highest number a packet may come in. */
    public static final int BEHIND = 32;

    private long highest;
    private long seen = 1;

    /** Whether this number is new; call it only for packets whose authentication code was verified. */
    public boolean accept(int sequence) {
        long number = Integer.toUnsignedLong(sequence);
        return number > highest ? advanceTo(number) : acceptOlder(highest - number, number);
    }

    private boolean advanceTo(long number) {
        long step = number - highest;
        seen = step < Long.SIZE ? seen << step | 1 : 1;
        highest = number;
        return true;
    }

    private boolean acceptOlder(long age, long number) {
        if (number == 0 || age > BEHIND || (seen >>> age & 1) != 0) {
            return false;
        }
        seen |= 1L << age;
        return true;
    }
}
