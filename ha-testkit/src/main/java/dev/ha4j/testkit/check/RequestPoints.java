package dev.ha4j.testkit.check;

import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;
import java.util.TreeSet;

/** Points of requests. */
final class RequestPoints implements TraceListener {

    private final Counter counter;
    private final TreeMap<LifeId, TreeSet<Long>> open = new TreeMap<>();
    private long newest;

    RequestPoints(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void on(TraceRecord step) {
        LifeId life = LifeId.of(step);
        if (step.event() instanceof Event.RequestMade made) {
            open.computeIfAbsent(life, key -> new TreeSet<>()).add(made.request());
            counter.countIf(made.request() <= newest, Point.REQUEST_REPEATED);
            newest = Math.max(newest, made.request());
        } else if (step.event() instanceof Event.RequestEnded ended) {
            open.getOrDefault(life, new TreeSet<>()).remove(ended.request());
            counter.countIf(ended.result().equals("Indeterminate"), Point.REQUEST_INDETERMINATE);
            counter.countIf(ended.result().equals("Refused"), Point.REQUEST_REFUSED);
        } else if (step.event() instanceof Event.NodeDied) {
            TreeSet<Long> left = open.remove(life);
            counter.countIf(left != null && !left.isEmpty(), Point.REQUESTER_DIED);
        }
    }
}
