package dev.ha4j.api.state;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import java.util.Objects;
import java.util.Optional;

/**
 * A fencing that is under way, or is to be tried again.
 *
 * @param id number of the operation, rising
 * @param target whom
 * @param incarnation which life of it; empty if it was never seen
 * @param executor who does it
 * @param deviceId by which device
 * @param attempt 1 for the first
 * @param underWay whether the executor has the order and has not answered
 * @param lastReason why the last attempt failed, or why this one is made
 * @param orderedBy the operator who ordered it, and why; empty if the cluster did
 * @param sinceMillis begin of the first attempt, wall time of the designated controller, milliseconds since 1970
 */
public record FenceOperation(
        long id,
        NodeId target,
        Optional<Incarnation> incarnation,
        NodeId executor,
        String deviceId,
        int attempt,
        boolean underWay,
        String lastReason,
        String orderedBy,
        long sinceMillis) {

    public FenceOperation {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(deviceId, "deviceId");
        Objects.requireNonNull(lastReason, "lastReason");
        Objects.requireNonNull(orderedBy, "orderedBy");
    }
}
