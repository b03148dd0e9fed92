package dev.ha4j.testkit.world;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.Trace;
import java.util.TreeMap;

/** What resources write to. Where it guards, it refuses tokens older than the newest it has seen. */
public final class Storage {

    private final Trace trace;
    private final TreeMap<String, Long> newest = new TreeMap<>();

    Storage(Trace trace) {
        this.trace = trace;
    }

    /** Whether the write was taken. */
    public boolean write(NodeProcess from, String resource, long token, boolean guards) {
        long seen = newest.getOrDefault(resource, 0L);
        boolean accepted = !guards || token >= seen;
        newest.put(resource, Math.max(seen, token));
        trace.emit(from.host().id().value(), from.lifeNumber(), new Event.Acted(resource, token, accepted, guards));
        return accepted;
    }
}
