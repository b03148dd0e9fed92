package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import java.util.Objects;
import java.util.Optional;

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
 * @param parameters with which it ran
 * @param peer where a migration goes to or comes from; empty for anything else
 */
public record OperationRecord(
        long callId,
        OperationStatus status,
        ReturnCode code,
        ReturnCode expected,
        long token,
        long lastChangeMillis,
        long durationMillis,
        String exitReason,
        ParameterDigests parameters,
        Optional<NodeId> peer) {

    public static final int MAX_REASON = 512;

    public OperationRecord {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(expected, "expected");
        exitReason = exitReason.length() > MAX_REASON ? exitReason.substring(0, MAX_REASON) : exitReason;
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(peer, "peer");
    }

    /** Of which nobody knows with what parameters it ran. */
    public OperationRecord(
            long callId,
            OperationStatus status,
            ReturnCode code,
            ReturnCode expected,
            long token,
            long lastChangeMillis,
            long durationMillis,
            String exitReason) {
        this(
                callId,
                status,
                code,
                expected,
                token,
                lastChangeMillis,
                durationMillis,
                exitReason,
                ParameterDigests.NONE,
                Optional.empty());
    }

    /** A run that was ordered just now. */
    public static OperationRecord ordered(long callId, ReturnCode expected, long token, long nowMillis) {
        return new OperationRecord(callId, OperationStatus.PENDING, expected, expected, token, nowMillis, 0, "");
    }

    public OperationRecord with(ParameterDigests newParameters) {
        return new OperationRecord(
                callId,
                status,
                code,
                expected,
                token,
                lastChangeMillis,
                durationMillis,
                exitReason,
                newParameters,
                peer);
    }

    /** As one side of a migration. */
    public OperationRecord withPeer(Optional<NodeId> newPeer) {
        return new OperationRecord(
                callId,
                status,
                code,
                expected,
                token,
                lastChangeMillis,
                durationMillis,
                exitReason,
                parameters,
                newPeer);
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
