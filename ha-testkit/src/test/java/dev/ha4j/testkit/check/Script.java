package dev.ha4j.testkit.check;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A trace made by hand, and what can be done to it. */
final class Script {

    private static final long MILLI = 1_000_000;

    private final List<TraceRecord> steps = new ArrayList<>();
    private long millis;

    Script at(long newMillis) {
        millis = newMillis;
        return this;
    }

    Script add(int node, Event event) {
        return add(node, 1, event);
    }

    Script add(int node, int life, Event event) {
        steps.add(new TraceRecord(millis * MILLI, steps.size(), node, life, event));
        return this;
    }

    /** The same on several nodes. */
    Script all(List<Integer> nodes, Event event) {
        nodes.forEach(node -> add(node, event));
        return this;
    }

    List<TraceRecord> steps() {
        return steps;
    }

    int find(Predicate<TraceRecord> which) {
        for (int i = 0; i < steps.size(); i++) {
            if (which.test(steps.get(i))) {
                return i;
            }
        }
        throw new AssertionError("the script has no such step");
    }

    static Predicate<TraceRecord> by(int node, Class<? extends Event> type) {
        return step -> step.node() == node && type.isInstance(step.event());
    }

    static Predicate<TraceRecord> delivery(int node, long sequence) {
        return step -> step.node() == node && step.event() instanceof Event.Delivered it && it.sequence() == sequence;
    }

    Script drop(Predicate<TraceRecord> which) {
        steps.remove(find(which));
        return this;
    }

    Script replace(Predicate<TraceRecord> which, Event other) {
        int at = find(which);
        TraceRecord old = steps.get(at);
        steps.set(at, new TraceRecord(old.atNanos(), old.sequence(), old.node(), old.life(), other));
        return this;
    }

    Script twice(Predicate<TraceRecord> which) {
        int at = find(which);
        steps.add(at, steps.get(at));
        return this;
    }

    /** Each happens in the other's place. */
    Script swap(Predicate<TraceRecord> one, Predicate<TraceRecord> other) {
        int a = find(one);
        int b = find(other);
        Event first = steps.get(a).event();
        Event second = steps.get(b).event();
        replace(one, second);
        TraceRecord old = steps.get(b);
        steps.set(b, new TraceRecord(old.atNanos(), old.sequence(), old.node(), old.life(), first));
        return this;
    }

    /** Something more, right behind another step. */
    Script after(Predicate<TraceRecord> which, int node, int life, Event event) {
        int at = find(which);
        steps.add(at + 1, new TraceRecord(steps.get(at).atNanos(), at, node, life, event));
        return this;
    }
}
