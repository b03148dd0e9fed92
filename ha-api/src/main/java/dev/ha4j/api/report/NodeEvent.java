package dev.ha4j.api.report;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of the timeline that a person wants to see after a failover.
 *
 * @param at wall time of the node that tells it
 * @param node name of the node that tells it
 * @param kind what it is about
 * @param text in words
 */
public record NodeEvent(Instant at, String node, Kind kind, String text) {

    /** What an event is about. */
    public enum Kind {
        /** The node itself: started, left, stopped. */
        NODE,
        MEMBERSHIP,
        QUORUM,
        /** The designated controller, and what it decides. */
        CONTROLLER,
        FENCING,
        TERM
    }

    public NodeEvent {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return at + " " + node + " " + kind + " " + text;
    }
}
