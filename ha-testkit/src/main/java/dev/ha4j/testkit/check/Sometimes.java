package dev.ha4j.testkit.check;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts how often a run was at each {@link Point}. */
public final class Sometimes implements TraceListener {

    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final List<TraceListener> watchers;

    /** Counters for one run. */
    public Sometimes() {
        for (Point point : Point.values()) {
            counts.put(point.label(), 0L);
        }
        Counter counter = this::countIf;
        watchers = List.of(
                new RingPoints(counter),
                new ProcessPoints(counter),
                new RolePoints(counter),
                new FencePoints(counter),
                new RequestPoints(counter),
                new WitnessPoints(counter),
                new VoterPoints(counter),
                new RulePoints(counter),
                new InstancePoints(counter),
                new NoticePoints(counter),
                new QuorumPoints(counter));
    }

    /** Counts a point if it was reached. */
    @FunctionalInterface
    interface Counter {
        void countIf(boolean reached, Point point);
    }

    private void countIf(boolean reached, Point point) {
        if (reached) {
            counts.merge(point.label(), 1L, Long::sum);
        }
    }

    /** What is said of the points that have to be reached, in runs in which votes and voters change, or in all others. */
    public static SortedSet<String> demanded(boolean ofQuorum) {
        Point.Scope other = ofQuorum ? Point.Scope.SWARM : Point.Scope.QUORUM;
        TreeSet<String> demanded = new TreeSet<>();
        for (Point point : Point.values()) {
            if (point.scope() != other) {
                demanded.add(point.label());
            }
        }
        return demanded;
    }

    /** How often, by what is said of the point. */
    public Map<String, Long> counts() {
        return counts;
    }

    @Override
    public void on(TraceRecord step) {
        for (TraceListener watcher : watchers) {
            watcher.on(step);
        }
    }

    /** Whether the event is of a type that only a node's own words have. */
    static boolean isLossOfQuorum(Event event) {
        return event instanceof Event.QuorumChanged changed && !changed.quorate();
    }
}
