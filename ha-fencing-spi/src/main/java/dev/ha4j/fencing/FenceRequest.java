package dev.ha4j.fencing;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One order to fence, as a device receives it.
 *
 * @param operationId number of the fencing operation, the same in each attempt
 * @param target the node to fence
 * @param targetName its name
 * @param incarnation the life that has to end; empty if the cluster never saw the node
 * @param attempt 1 for the first
 * @param deadline what is left of the time for this attempt; when it is over, the answer is {@link FenceResult.Unknown}
 */
public record FenceRequest(
        long operationId,
        NodeId target,
        String targetName,
        Optional<Incarnation> incarnation,
        int attempt,
        Deadline deadline) {

    public FenceRequest {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(targetName, "targetName");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(deadline, "deadline");
    }

    /** Time that runs out; readable from any thread. */
    @FunctionalInterface
    public interface Deadline {

        /** What is left; zero or negative when it is over. */
        Duration remaining();

        default boolean isOver() {
            Duration left = remaining();
            return left.isZero() || left.isNegative();
        }
    }
}
