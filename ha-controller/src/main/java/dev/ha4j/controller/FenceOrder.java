package dev.ha4j.controller;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A fencing that this node shall carry out.
 *
 * @param operationId number of the fencing operation, the same in each attempt
 * @param target the node to fence
 * @param targetName its name
 * @param incarnation the life that has to end; empty if the cluster never saw the node
 * @param deviceId the device to use
 * @param attempt 1 for the first
 * @param timeout for this attempt
 * @param mayAct asked right before each power command, from any thread: whether this node still has the right to give it
 */
public record FenceOrder(
        long operationId,
        NodeId target,
        String targetName,
        Optional<Incarnation> incarnation,
        String deviceId,
        int attempt,
        Duration timeout,
        BooleanSupplier mayAct) {

    public FenceOrder {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(targetName, "targetName");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(deviceId, "deviceId");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(mayAct, "mayAct");
    }
}
