package dev.ha4j.resources;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.resources.policy.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides where resources should be and how to get there: translates the state into the terms of the policy engine, and what that
 * decides into a transition. May be called from any thread.
 */
public final class Scheduler {

    private Scheduler() {}

    /**
     * Plans from a snapshot. Equal arguments give equal transitions; a state in which all is as it should be gives an empty
     * one. Without quorum nothing is planned.
     *
     * @param state all that is known
     * @param now wall time for the expiry of failures, never before {@link ClusterState#wallMillis()}
     */
    public static Transition plan(ClusterState state, Instant now) {
        return plan(state, now, false);
    }

    /** The same plan, which costs more to make, with the scores of its placement and what they are made of. */
    public static Transition explain(ClusterState state, Instant now) {
        return plan(state, now, true);
    }

    private static Transition plan(ClusterState state, Instant now, boolean explained) {
        if (!state.quorate()) {
            return new Transition(state.version(), List.of(), Optional.empty(), List.of(), Placement.NONE);
        }
        Translation translation = new Translation(state, now);
        Decision decision = Decision.of(translation.input, now);
        Explanation explanation = new Explanation(translation, decision, now);
        List<PlannedAction> actions = new TransitionWriter(translation, decision).write();
        explanation.blockages();
        return new Transition(
                state.version(),
                actions,
                recheckAt(translation, decision),
                translation.blockages.list(),
                explanation.placement(explained));
    }

    private static Optional<Instant> recheckAt(Translation translation, Decision decision) {
        long millis = Math.min(
                translation.graceEndMillis.orElse(Long.MAX_VALUE),
                decision.plan().recheckSeconds().isPresent()
                        ? decision.plan().recheckSeconds().getAsLong() * 1000
                        : Long.MAX_VALUE);
        return millis == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
