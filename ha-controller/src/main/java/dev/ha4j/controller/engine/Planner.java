package dev.ha4j.controller.engine;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.resources.Transition;
import java.time.Instant;

/** Decides what is to be done; a pure function, called on any thread. */
@FunctionalInterface
public interface Planner {

    Transition plan(ClusterState state, Instant now);
}
