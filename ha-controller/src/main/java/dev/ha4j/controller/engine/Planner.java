package dev.ha4j.controller.engine;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.resources.Scheduler;
import dev.ha4j.resources.Transition;
import java.time.Instant;

/** Decides what is to be done; called on any thread. What it says depends on the arguments alone. */
@FunctionalInterface
public interface Planner {

    Transition plan(ClusterState state, Instant now);

    /** Whether a plan for the second state, made from the first, may differ from one for the first; if in doubt, yes. */
    default boolean mayMatter(ClusterState before, ClusterState after) {
        return true;
    }

    /** The one for production. */
    static Planner of(Scheduler scheduler) {
        return new Planner() {
            @Override
            public Transition plan(ClusterState state, Instant now) {
                return scheduler.plan(state, now);
            }

            @Override
            public boolean mayMatter(ClusterState before, ClusterState after) {
                return scheduler.mayMatter(before, after);
            }
        };
    }
}
