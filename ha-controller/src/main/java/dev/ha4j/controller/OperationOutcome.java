package dev.ha4j.controller;

import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How an operation ended.
 *
 * @param status not {@link OperationStatus#PENDING}
 * @param code what it came back with; {@link ReturnCode#GENERIC_ERROR} if it did not
 * @param durationMillis how long it ran
 * @param reason in words; empty if there is nothing to say
 * @param promotionScore what the resource said of its fitness to be promoted, if it said anything
 */
public record OperationOutcome(
        OperationStatus status, ReturnCode code, long durationMillis, String reason, OptionalInt promotionScore) {

    public OperationOutcome {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(promotionScore, "promotionScore");
        if (status == OperationStatus.PENDING) {
            throw new IllegalArgumentException("an outcome can't be pending");
        }
    }
}
