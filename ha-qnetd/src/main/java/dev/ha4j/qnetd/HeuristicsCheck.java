package dev.ha4j.qnetd;

import java.util.concurrent.CompletionStage;

/** A user's own check of a node, made before each question to the arbiter, and each four
 * heartbeats while a ring lasts: can it reach what it serves, for example. */
@FunctionalInterface
public interface HeuristicsCheck {

    /**
     * Begins the check and returns at once; called on the device's loop. A result that does not come within half a heartbeat, or
     * comes as an exception, counts as {@link Heuristics#FAIL}.
     */
    CompletionStage<Heuristics> begin();
}
