package dev.ha4j.resources;

import dev.ha4j.api.state.ClusterState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides where resources should be and how to get there. May be called from any thread. */
public final class Scheduler {

    private Scheduler() {}

    /**
     * Plans from a snapshot. Equal arguments give equal transitions; a state in which all is as it should be gives an empty one.
     *
     * @param state all that is known
     * @param now wall time for the expiry of failures, never before {@link ClusterState#wallMillis()}
     */
    public static Transition plan(ClusterState state, Instant now) {
        return new Transition(state.version(), List.of(), Optional.empty(), List.of(), Placement.NONE);
    }
}
