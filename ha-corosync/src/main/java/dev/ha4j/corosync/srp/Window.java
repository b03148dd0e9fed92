package dev.ha4j.corosync.srp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ordered messages of one ring, kept until everybody has them: a circle of {@value #CAPACITY}. The sequence s is at index s modulo its
 * length; nothing outside of releasedUpTo+1 to highest is there.
 */
final class Window {

    /** As in Corosync: nobody may send farther ahead of what has been released. */
    static final int CAPACITY = 16_384;

    private final @Nullable OrderedMessage[] circle = new OrderedMessage[CAPACITY];
    private final int[] misses = new int[CAPACITY];
    private int receivedUpTo;
    private int releasedUpTo;
    private int highest;

    Window(int first) {
        receivedUpTo = first;
        releasedUpTo = first;
        highest = first;
    }

    /** Whether the message was new and has its place here. */
    boolean add(OrderedMessage message) {
        int sequence = message.sequence();
        if (!covers(sequence) || circle[index(sequence)] != null) {
            return false;
        }
        circle[index(sequence)] = message;
        misses[index(sequence)] = 0;
        highest = Serial.max(highest, sequence);
        while (receivedUpTo != highest && circle[index(receivedUpTo + 1)] != null) {
            receivedUpTo++;
        }
        return true;
    }

    Optional<OrderedMessage> get(int sequence) {
        return holds(sequence) ? Optional.ofNullable(circle[index(sequence)]) : Optional.empty();
    }

    /** All messages up to here have been received ({@code aru}). */
    int receivedUpTo() {
        return receivedUpTo;
    }

    int highest() {
        return highest;
    }

    /** Whether there is room for so many messages behind the given one. */
    boolean hasRoomFor(int messages, int sequence) {
        return !Serial.isAfter(sequence, releasedUpTo + CAPACITY - messages);
    }

    /** Whether the message is missing; and how often that was asked, this time included. */
    int misses(int sequence) {
        if (!covers(sequence) || circle[index(sequence)] != null) {
            return 0;
        }
        return ++misses[index(sequence)];
    }

    void releaseUpTo(int sequence) {
        int upTo = Serial.min(sequence, receivedUpTo);
        while (Serial.isAfter(upTo, releasedUpTo)) {
            releasedUpTo++;
            circle[index(releasedUpTo)] = null;
            misses[index(releasedUpTo)] = 0;
        }
    }

    private boolean covers(int sequence) {
        return Serial.isAfter(sequence, releasedUpTo) && !Serial.isAfter(sequence, releasedUpTo + CAPACITY);
    }

    private boolean holds(int sequence) {
        return Serial.isAfter(sequence, releasedUpTo) && !Serial.isAfter(sequence, highest);
    }

    private static int index(int sequence) {
        return sequence & (CAPACITY - 1);
    }
}
