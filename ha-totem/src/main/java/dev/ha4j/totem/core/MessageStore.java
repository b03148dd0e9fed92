package dev.ha4j.totem.core;

import dev.ha4j.totem.TotemMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ordered messages of one ring, kept until everybody has them. Holds at most {@code capacity} of them, in a circle that grows
 * with what is under way: sequence s is at index s modulo its length, and nothing outside releasedUpTo+1 to highest is there.
 */
final class MessageStore {

    private static final int INITIAL_LENGTH = 64;

    /** Nobody sends so much that a member that lags behind would have to keep more. */
    private static final long MAX_BYTES = 64 << 20;

    private final int capacity;
    private @Nullable TotemMessage[] circle = new TotemMessage[INITIAL_LENGTH];
    private long receivedUpTo;
    private long releasedUpTo;
    private long highest;

    MessageStore(int capacity) {
        this.capacity = capacity;
    }

    /** Whether the message was new and has its place here. */
    boolean add(long sequence, TotemMessage message) {
        if (isPast(sequence) || sequence > releasedUpTo + capacity) {
            return false;
        }
        reach(sequence);
        if (circle[index(sequence)] != null) {
            return false;
        }
        circle[index(sequence)] = message;
        highest = Math.max(highest, sequence);
        while (receivedUpTo < highest && circle[index(receivedUpTo + 1)] != null) {
            receivedUpTo++;
        }
        return true;
    }

    /** It has been here, or nobody needs it any more. */
    private boolean isPast(long sequence) {
        return sequence <= Math.max(receivedUpTo, releasedUpTo);
    }

    Optional<TotemMessage> get(long sequence) {
        return sequence <= releasedUpTo || sequence > highest
                ? Optional.empty()
                : Optional.ofNullable(circle[index(sequence)]);
    }

    /** All messages up to here have been received ({@code aru}). */
    long receivedUpTo() {
        return receivedUpTo;
    }

    long highest() {
        return Math.max(receivedUpTo, highest);
    }

    /** How many more messages of that size fit behind the given sequence. */
    long roomAfter(long sequence, int messageBytes) {
        long most = Math.min(capacity, MAX_BYTES / messageBytes);
        return Math.max(0, releasedUpTo + most - sequence);
    }

    void releaseUpTo(long sequence) {
        for (long s = releasedUpTo + 1; s <= Math.min(sequence, highest); s++) {
            circle[index(s)] = null;
        }
        releasedUpTo = Math.max(releasedUpTo, sequence);
    }

    List<Long> missing(long upTo, int most) {
        List<Long> gaps = new ArrayList<>();
        for (long s = receivedUpTo + 1; s <= upTo && gaps.size() < most; s++) {
            if (s > highest || circle[index(s)] == null) {
                gaps.add(s);
            }
        }
        return gaps;
    }

    private int index(long sequence) {
        return (int) (sequence % circle.length);
    }

    /** Makes the circle long enough for a sequence. */
    private void reach(long sequence) {
        int needed = (int) (sequence - releasedUpTo);
        if (needed <= circle.length) {
            return;
        }
        @Nullable TotemMessage[] old = circle;
        circle = new TotemMessage[Integer.highestOneBit(needed - 1) << 1];
        for (long s = releasedUpTo + 1; s <= highest; s++) {
            circle[index(s)] = old[(int) (s % old.length)];
        }
    }
}
