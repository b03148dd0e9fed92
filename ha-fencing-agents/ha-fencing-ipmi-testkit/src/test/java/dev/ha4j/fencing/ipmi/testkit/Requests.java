package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.api.NodeId;
import dev.ha4j.fencing.FenceRequest;
import java.time.Duration;
import java.util.Optional;

final class Requests {

    private Requests() {}

    static FenceRequest within(Duration time) {
        long endNanos = System.nanoTime() + time.toNanos();
        return new FenceRequest(
                1, NodeId.of(1), "a", Optional.empty(), 1, () -> Duration.ofNanos(endNanos - System.nanoTime()));
    }

    static FenceRequest ample() {
        return within(Duration.ofSeconds(20));
    }
}
