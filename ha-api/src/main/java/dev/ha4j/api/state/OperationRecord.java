package dev.ha4j.api.state;

import java.util.Objects;

/**
 * The last run of an operation.
 *
 * @param callId rises with each run ordered in the cluster, so that records can be replayed in their order
 * @param status how far it got
 * @param code what it came back with; meaningless while pending
 * @param expected what it should have come back with
 * @param token the term's token for the start or promotion of an exclusive role; 0 for none
 * @param lastChangeMillis when the result changed, wall time of the designated controller, milliseconds since 1970
 * @param durationMillis how long the run took
 * @param exitReason in words; at most {@link #MAX_REASON} characters
 */
public record OperationRecord(
        long callId,
        OperationStatus status,
        ReturnCode code,
        ReturnCode expected,
        long token,
        long lastChangeMillis,
        long durationMillis,
        String exitReason) {

    public static final int MAX_REASON = 512;

    public OperationRecord {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(expected, "expected");
        exitReason = exitReason.length() > MAX_REASON ? exitReason.substring(0, MAX_REASON) : exitReason;
    }

    /** A run that was ordered just now. */
    public static OperationRecord ordered(long callId, ReturnCode expected, long token, long nowMillis) {
        return new OperationRecord(callId, OperationStatus.PENDING, expected, expected, token, nowMillis, 0, "");
    }

    public boolean isPending() {
        return status == OperationStatus.PENDING;
    }

    /** Whether it ended otherwise than it should have. */
    public boolean isFailed() {
        return status == OperationStatus.TIMED_OUT
                || status == OperationStatus.ERROR
                || (status == OperationStatus.DONE && code != expected);
    }
}
