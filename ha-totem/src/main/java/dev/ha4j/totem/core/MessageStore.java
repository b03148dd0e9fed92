package dev.ha4j.totem.core;

import dev.ha4j.totem.TotemMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Ordered messages of one ring, kept until everybody has them. Holds at most {@code capacity} of them. */
final class MessageStore {

    private final int capacity;
    private final TreeMap<Long, TotemMessage> messages = new TreeMap<>();
    private long receivedUpTo;
    private long releasedUpTo;

    MessageStore(int capacity) {
        this.capacity = capacity;
    }

    /** Whether the message was new and has its place here. */
    boolean add(long sequence, TotemMessage message) {
        if (sequence <= receivedUpTo || sequence > releasedUpTo + capacity) {
            return false;
        }
        if (messages.putIfAbsent(sequence, message) != null) {
            return false;
        }
        while (messages.containsKey(receivedUpTo + 1)) {
            receivedUpTo++;
        }
        return true;
    }

    Optional<TotemMessage> get(long sequence) {
        return Optional.ofNullable(messages.get(sequence));
    }

    /** All messages up to here have been received ({@code aru}). */
    long receivedUpTo() {
        return receivedUpTo;
    }

    long highest() {
        return messages.isEmpty() ? receivedUpTo : Math.max(receivedUpTo, messages.lastKey());
    }

    /** How many more sequences fit behind the given one. */
    long roomAfter(long sequence) {
        return Math.max(0, releasedUpTo + capacity - sequence);
    }

    void releaseUpTo(long sequence) {
        messages.headMap(sequence, true).clear();
        releasedUpTo = Math.max(releasedUpTo, sequence);
    }

    List<Long> missing(long upTo, int most) {
        List<Long> gaps = new ArrayList<>();
        for (long s = receivedUpTo + 1; s <= upTo && gaps.size() < most; s++) {
            if (!messages.containsKey(s)) {
                gaps.add(s);
            }
        }
        return gaps;
    }
}
