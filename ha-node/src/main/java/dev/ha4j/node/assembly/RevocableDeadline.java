package dev.ha4j.node.assembly;

import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.runtime.NanoClock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Time that runs out, at once when the right to act is lost. */
record RevocableDeadline(NanoClock clock, long deadlineNanos, BooleanSupplier mayAct) implements FenceRequest.Deadline {

    @Override
    public Duration remaining() {
        return mayAct.getAsBoolean() ? Duration.ofNanos(deadlineNanos - clock.nanoTime()) : Duration.ZERO;
    }
}
