package dev.ha4j.controller;

import dev.ha4j.fencing.FenceResult;
import java.util.function.Consumer;

/** Runs this node's fence devices. Called on the controller's loop; never blocks, never throws; calls back on the same loop. */
@FunctionalInterface
public interface FenceExecutor {

    /** Fences; {@code done} exactly once. What is not known for sure is {@link FenceResult.Unknown}. */
    void fence(FenceOrder order, Consumer<FenceResult> done);
}
