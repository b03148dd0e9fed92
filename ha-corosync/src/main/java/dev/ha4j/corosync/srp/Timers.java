package dev.ha4j.corosync.srp;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Deadlines by name. */
final class Timers {

    enum Name {
        TOKEN_LOSS,
        TOKEN_RETRANSMIT,
        HOLD,
        JOIN,
        CONSENSUS,
        MERGE,
        RESERVATION,
        PAUSE
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
        Optional<Map.Entry<Name, Long>> first = first().filter(entry -> entry.getValue() - now <= 0);
        Optional<Name> name = first.map(Map.Entry::getKey);
        name.ifPresent(deadlines::remove);
        return name;
    }

    /** Nanoseconds until the first is due; {@link Long#MAX_VALUE} if none is set. */
    long untilNext(long now) {
        return first().map(entry -> Math.max(0, entry.getValue() - now)).orElse(Long.MAX_VALUE);
    }

    private Optional<Map.Entry<Name, Long>> first() {
        return deadlines.entrySet().stream()
                .min((a, b) -> Long.signum(a.getValue() - b.getValue()))
                .map(Map.Entry::copyOf);
    }
}
