package dev.ha4j.api.report;

import java.util.Objects;

/**
 * How far a node's life has got.
 *
 * @param name of the phase
 * @param reason why the node got there, in words; empty if there is nothing to say
 */
public record NodePhase(Name name, String reason) {

    /** The phases, in their order. */
    public enum Name {
        STARTING,
        RUNNING,
        LEAVING,
        STOPPED
    }

    public NodePhase {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
    }

    public static NodePhase of(Name name) {
        return new NodePhase(name, "");
    }

    public boolean isOver() {
        return name == Name.STOPPED;
    }
}
