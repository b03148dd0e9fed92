package dev.ha4j.testkit.trace;

/** Hears all that happens in a simulation, in order. */
@FunctionalInterface
public interface TraceListener {

    void on(TraceRecord step);
}
