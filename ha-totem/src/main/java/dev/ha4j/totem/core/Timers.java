package dev.ha4j.totem.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Deadlines by name; the owner of the ring arms one real timer for the earliest. */
final class Timers {

    enum Name {
        TOKEN_LOSS,
        TOKEN_RETRANSMIT,
        HOLD,
        JOIN,
        CONSENSUS,
        SUSPICION,
        MERGE,
        PAUSE,
        RESERVATION,
        LEAVE
    }

    private final EnumMap<Name, Long> deadlines = new EnumMap<>(Name.class);

    void set(Name name, long deadlineNanos) {
        deadlines.put(name, deadlineNanos);
    }

    void cancel(Name name) {
        deadlines.remove(name);
    }

    /** Cancels all that belong to a protocol state; pause detection and storage go on. */
    void cancelAll() {
        deadlines.keySet().removeIf(name -> name != Name.PAUSE && name != Name.RESERVATION);
    }

    void clear() {
        deadlines.clear();
    }

    boolean isSet(Name name) {
        return deadlines.containsKey(name);
    }

    boolean isDue(Name name, long now) {
        Long deadline = deadlines.get(name);
        return deadline != null && deadline - now <= 0;
    }

    /** Takes the earliest timer that is due. */
    Optional<Name> takeDue(long now) {
        Name due = null;
        long earliest = now;
        for (Map.Entry<Name, Long> entry : deadlines.entrySet()) {
            if (entry.getValue() - earliest <= 0 && (due == null || entry.getValue() - earliest < 0)) {
                due = entry.getKey();
                earliest = entry.getValue();
            }
        }
        if (due == null) {
            return Optional.empty();
        }
        deadlines.remove(due);
        return Optional.of(due);
    }

    long next() {
        long next = Long.MAX_VALUE;
        for (long deadline : deadlines.values()) {
            next = next == Long.MAX_VALUE || deadline - next < 0 ? deadline : next;
        }
        return next;
    }
}
