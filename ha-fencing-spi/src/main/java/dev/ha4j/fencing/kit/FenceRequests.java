package dev.ha4j.fencing.kit;

import dev.ha4j.api.NodeId;
import dev.ha4j.fencing.FenceRequest;
import java.time.Duration;
import java.util.Optional;

/** Makes requests as the cluster makes them, each with a number of its own. */
final class FenceRequests {

    private final String targetName;
    private long lastOperationId;

    FenceRequests(String targetName) {
        this.targetName = targetName;
    }

    FenceRequest within(Duration time) {
        long endNanos = System.nanoTime() + time.toNanos();
        return new FenceRequest(
                ++lastOperationId,
                NodeId.of(1),
                targetName,
                Optional.empty(),
                1,
                () -> Duration.ofNanos(endNanos - System.nanoTime()));
    }
}
