package dev.ha4j.node.assembly;

import dev.ha4j.api.Health;
import dev.ha4j.api.Role;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.controller.OperationOutcome;
import java.util.OptionalInt;

/** How what a resource did is said to the cluster. */
final class Outcomes {

    private Outcomes() {}

    static OperationOutcome done(long millis, OptionalInt score) {
        return new OperationOutcome(OperationStatus.DONE, ReturnCode.OK, millis, "", score);
    }

    /** The result of a monitor, for a resource that the cluster left in the role. */
    static OperationOutcome of(Health health, Role role, long millis, OptionalInt score) {
        return new OperationOutcome(OperationStatus.DONE, code(health.status(), role), millis, health.reason(), score);
    }

    static OperationOutcome failed(Throwable error, long millis) {
        String message = error.getMessage() == null ? error.getClass().getName() : error.getMessage();
        return new OperationOutcome(
                OperationStatus.DONE, ReturnCode.GENERIC_ERROR, millis, message, OptionalInt.empty());
    }

    static OperationOutcome timedOut(String reason, long millis) {
        return new OperationOutcome(
                OperationStatus.TIMED_OUT, ReturnCode.GENERIC_ERROR, millis, reason, OptionalInt.empty());
    }

    static OperationOutcome cancelled(String reason) {
        return new OperationOutcome(
                OperationStatus.CANCELLED, ReturnCode.GENERIC_ERROR, 0, reason, OptionalInt.empty());
    }

    static OperationOutcome impossible(ReturnCode code, String reason) {
        return new OperationOutcome(OperationStatus.ERROR, code, 0, reason, OptionalInt.empty());
    }

    private static ReturnCode code(Health.Status status, Role role) {
        return switch (status) {
            case RUNNING -> ReturnCode.OK;
            case PROMOTED -> ReturnCode.RUNNING_PROMOTED;
            case NOT_RUNNING -> ReturnCode.NOT_RUNNING;
            case FAILED -> role == Role.PROMOTED ? ReturnCode.FAILED_PROMOTED : ReturnCode.GENERIC_ERROR;
            case AS_EXPECTED ->
                switch (role) {
                    case STOPPED -> ReturnCode.NOT_RUNNING;
                    case STARTED, UNPROMOTED -> ReturnCode.OK;
                    case PROMOTED -> ReturnCode.RUNNING_PROMOTED;
                };
        };
    }
}
