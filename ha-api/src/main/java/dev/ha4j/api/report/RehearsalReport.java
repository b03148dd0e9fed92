package dev.ha4j.api.report;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The failovers that a node played in memory after its start, so that its code is warm when it has to take over.
 *
 * @param failovers how long each took in real time, in order, with the way back of the node that was lost
 * @param whole real time of all of it
 */
public record RehearsalReport(List<Duration> failovers, Duration whole) {

    public RehearsalReport {
        failovers = List.copyOf(failovers);
        Objects.requireNonNull(whole, "whole");
    }

    /** In words. */
    public String summary() {
        if (failovers.isEmpty()) {
            return "rehearsed no failover within " + whole.toMillis() + " ms";
        }
        long first = failovers.get(0).toMillis();
        long last = failovers.get(failovers.size() - 1).toMillis();
        return "rehearsed " + failovers.size() + " failovers in " + whole.toMillis() + " ms: the first took " + first
                + " ms, the last " + last + " ms";
    }
}
