package dev.ha4j.controller;

import dev.ha4j.api.Role;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * Runs the resources of this node. Called on the controller's loop; never blocks, never throws; calls back on the same loop.
 * Operations of one resource run one after the other, in the order in which they were given.
 */
public interface ResourceExecutor {

    /**
     * Runs an operation. For a recurring one {@code done} hears the first result, and each that differs from the one before,
     * until it is cancelled.
     */
    void execute(OperationOrder order, Consumer<OperationOutcome> done);

    /** Ends a recurring monitor; none of its results is heard any more. */
    void cancel(String resource, long intervalMillis);

    /**
     * Stops all that is active here. Operations given before are given up. {@code done} hears once what could not be stopped and
     * may still be active: best nothing.
     */
    void stopAll(String reason, Consumer<SortedSet<String>> done);

    /** Stops (or demotes) what is active in an exclusive role; {@code done} as for {@link #stopAll}. */
    void stopExclusive(String reason, Consumer<SortedSet<String>> done);

    /** Names of the primitives that this node can run. */
    SortedSet<String> implemented();

    /** What is active here, as far as this node knows: also what may still run after a stop that failed. */
    SortedMap<String, Role> active();
}
