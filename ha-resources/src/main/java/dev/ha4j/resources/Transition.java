package dev.ha4j.resources;

import dev.ha4j.api.state.StateVersion;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be done next, as a graph.
 *
 * @param decidedAt version of the state from which this was planned
 * @param actions by rising id; an action never waits for one with a higher id
 * @param recheckAt when time alone will change the plan; empty for never
 * @param blocked what can't be done, and why
 * @param placement where resources should be
 */
public record Transition(
        StateVersion decidedAt,
        List<PlannedAction> actions,
        Optional<Instant> recheckAt,
        List<Blockage> blocked,
        Placement placement) {

    public Transition {
        Objects.requireNonNull(decidedAt, "decidedAt");
        actions = List.copyOf(actions);
        Objects.requireNonNull(recheckAt, "recheckAt");
        blocked = List.copyOf(blocked);
        Objects.requireNonNull(placement, "placement");
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return actions.isEmpty();
    }
}
