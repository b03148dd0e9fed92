package dev.ha4j.api.report;

import java.util.Objects;

/**
 * What came of an operator's order to fence a node.
 *
 * @param outcome whether the node is down
 * @param reason what the device said, or why nothing was done
 */
public record FenceAnswer(Outcome outcome, String reason) {

    /** Whether the node is down. */
    public enum Outcome {
        /** A device proved it. */
        CONFIRMED,
        /** It was not done, and will not be by this order. */
        FAILED,
        /** It may have been done, or may still be: look at {@link NodeReport#fencing()} and at the node itself. */
        UNKNOWN
    }

    public FenceAnswer {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
    }

    public static FenceAnswer failed(String reason) {
        return new FenceAnswer(Outcome.FAILED, reason);
    }

    public static FenceAnswer unknown(String reason) {
        return new FenceAnswer(Outcome.UNKNOWN, reason);
    }
}
