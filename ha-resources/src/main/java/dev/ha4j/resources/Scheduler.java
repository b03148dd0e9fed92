package dev.ha4j.resources;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.resources.policy.Decision;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides where resources should be and how to get there: translates the state into the terms of the policy engine, and what that
 * decides into a transition. It remembers the translation of the last state, so that the next one costs as much as what has changed
 * in between; what it decides depends on its arguments alone. May be used by any thread: a translation is never changed once it is made,
 * and who sees an older one than the last plans a little longer.
 */
public final class Scheduler {

    private @Nullable Translation last;

    /** One that has not planned yet. */
    public Scheduler() {}

    /**
     * Plans from a snapshot. Equal arguments give equal transitions; a state in which all is as it should be gives an empty
     * one. Without quorum nothing is planned.
     *
     * @param state all that is known
     * @param now wall time for the expiry of failures, never before {@link ClusterState#wallMillis()}
     */
    public Transition plan(ClusterState state, Instant now) {
        return plan(state, now, false);
    }

    /** The same plan, which costs more to make, with the scores of its placement and what they are made of. */
    public Transition explain(ClusterState state, Instant now) {
        return plan(state, now, true);
    }

    /**
     * Whether a plan for the second state may differ from one for the first, from which the second was made, but for what time
     * alone changes. It answers no only if it is sure, and is sure only if it planned with this configuration last.
     */
    public boolean mayMatter(ClusterState before, ClusterState after) {
        Translation translation = last;
        return translation == null || translation.mayMatter(before, after);
    }

    private Transition plan(ClusterState state, Instant now, boolean explained) {
        if (!state.quorate()) {
            return new Transition(state.version(), List.of(), Optional.empty(), List.of(), Placement.NONE);
        }
        Translation translation = new Translation(state, now, last);
        last = translation;
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

    /** The first of these: the grace is over, a calendar changes, something that the engine knows of expires or begins. */
    private static Optional<Instant> recheckAt(Translation translation, Decision decision) {
        OptionalLong engine = decision.plan().recheckSeconds();
        return Stream.of(
                        translation.graceEndMillis.isPresent()
                                ? Optional.of(Instant.ofEpochMilli(translation.graceEndMillis.getAsLong()))
                                : Optional.<Instant>empty(),
                        engine.isPresent()
                                ? Optional.of(Instant.ofEpochSecond(engine.getAsLong()))
                                : Optional.<Instant>empty(),
                        translation.nextChange())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }
}
