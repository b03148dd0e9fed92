package dev.ha4j.api.state;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import java.util.Objects;
import java.util.Optional;

/**
 * A fencing that is over, for the history.
 *
 * @param id number of the operation
 * @param target whom
 * @param incarnation which life of it
 * @param outcome how it ended
 * @param level what it proved
 * @param by the device, or the name of the operator
 * @param reason evidence, error or the operator's reason, in words
 * @param endedMillis wall time of the designated controller, milliseconds since 1970
 */
public record FenceRecord(
        long id,
        NodeId target,
        Optional<Incarnation> incarnation,
        FenceOutcome outcome,
        ProofLevel level,
        String by,
        String reason,
        long endedMillis) {

    public FenceRecord {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(reason, "reason");
    }
}
