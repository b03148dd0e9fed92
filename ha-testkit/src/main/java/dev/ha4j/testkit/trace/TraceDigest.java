package dev.ha4j.testkit.trace;

import dev.ha4j.testkit.trace.Event.StateApplied;

/** One number for a whole trace: equal runs give equal ones, on equal JDKs also in different processes. */
public final class TraceDigest implements TraceListener {

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long value = 1;

    @Override
    public void on(TraceRecord step) {
        add(step.atNanos());
        add((long) step.node() << 32 | step.life());
        Event event = step.event();
        add(event instanceof StateApplied applied ? applied.state().version().hashCode() : event.hashCode());
    }

    private void add(long part) {
        value = (Long.rotateLeft(value, 23) ^ part) * FACTOR;
    }

    public long value() {
        return value;
    }
}
