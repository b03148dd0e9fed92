package dev.ha4j.totem.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deadlines by name; the owner of the ring arms one real timer for the earliest. */
final class Timers {

    enum Name {
        TOKEN_LOSS,
        TOKEN_RETRANSMIT,
        HOLD,
        ASK,
        JOIN,
        CONSENSUS,
        SUSPICION,
        MERGE,
        PAUSE,
        RESERVATION,
        LEAVE
    }

    private final EnumMap<Name, Long> deadlines = new EnumMap<>(Name.class);

    /** The timer that is due first, looked for when somebody asks after a change: the owner asks after every input. */
    private @Nullable Name first;

    private long firstNanos = Long.MAX_VALUE;
    private boolean changed;

    void set(Name name, long deadlineNanos) {
        deadlines.put(name, deadlineNanos);
        changed = true;
    }

    void cancel(Name name) {
        changed |= deadlines.remove(name) != null;
    }

    /** Cancels all that belong to a protocol state; pause detection and storage go on. */
    void cancelAll() {
        changed |= deadlines.keySet().removeIf(name -> name != Name.PAUSE && name != Name.RESERVATION);
    }

    void clear() {
        deadlines.clear();
        changed = true;
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
        findFirst();
        Name due = first;
        if (due == null || firstNanos - now > 0) {
            return Optional.empty();
        }
        cancel(due);
        return Optional.of(due);
    }

    /** {@link Long#MAX_VALUE} if no timer is set. */
    long next() {
        findFirst();
        return firstNanos;
    }

    private void findFirst() {
        if (!changed) {
            return;
        }
        changed = false;
        first = null;
        firstNanos = Long.MAX_VALUE;
        for (Map.Entry<Name, Long> entry : deadlines.entrySet()) {
            if (first == null || entry.getValue() - firstNanos < 0) {
                first = entry.getKey();
                firstNanos = entry.getValue();
            }
        }
    }
}
