package dev.ha4j.fencing.ipmi;

import dev.ha4j.fencing.Evidence;
import dev.ha4j.fencing.PowerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What was seen during one action, with the time since its start; bounded, as {@link Evidence} is. For one thread. */
final class Observations {

    private final TimeLimit limit;
    private final List<String> lines = new ArrayList<>();
    private PowerState lastReading = PowerState.UNKNOWN;

    Observations(TimeLimit limit) {
        this.limit = limit;
        lines.add("began at " + Instant.now());
    }

    /** The last place is kept for {@link #conclude}. */
    void note(String what) {
        if (lines.size() < Evidence.MAX_OBSERVATIONS - 1) {
            lines.add(stamped(what));
        }
    }

    /** Readings that repeat the last one say nothing new. */
    void noteReading(PowerState reading) {
        if (reading != lastReading) {
            note("power read as " + reading);
        }
        lastReading = reading;
    }

    List<String> conclude(String what) {
        lines.add(stamped(what));
        return lines;
    }

    private String stamped(String what) {
        return "+" + TimeUnit.NANOSECONDS.toMicros(limit.elapsedNanos()) + " us " + what;
    }
}
