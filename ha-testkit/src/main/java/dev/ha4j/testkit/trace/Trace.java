package dev.ha4j.testkit.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Numbers the events of a simulation and hands them to all who listen. */
public final class Trace {

    private final LongSupplier now;
    private final List<TraceListener> listeners = new ArrayList<>();
    private long sequence;

    public Trace(LongSupplier now) {
        this.now = now;
    }

    public Trace listen(TraceListener listener) {
        listeners.add(listener);
        return this;
    }

    public void emit(int node, int life, Event event) {
        TraceRecord step = new TraceRecord(now.getAsLong(), sequence++, node, life, event);
        for (TraceListener listener : listeners) {
            listener.on(step);
        }
    }

    public void world(Event event) {
        emit(TraceRecord.WORLD, 0, event);
    }

    /** How many events there were. */
    public long size() {
        return sequence;
    }
}
