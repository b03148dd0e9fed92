package dev.ha4j.api.report;

/** Hears the timeline of a node, on a worker thread, one event at a time and in order. */
@FunctionalInterface
public interface NodeListener {

    void on(NodeEvent event);
}
