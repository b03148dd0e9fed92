package dev.ha4j.api.state;

/** What an operation came back with, in the codes of OCF agents. */
public enum ReturnCode {
    OK(0),
    GENERIC_ERROR(1),
    INVALID_ARGUMENTS(2),
    UNIMPLEMENTED(3),
    INSUFFICIENT_PRIVILEGES(4),
    NOT_INSTALLED(5),
    NOT_CONFIGURED(6),
    NOT_RUNNING(7),
    RUNNING_PROMOTED(8),
    FAILED_PROMOTED(9),
    DEGRADED(190),
    DEGRADED_PROMOTED(191);

    private final int code;

    ReturnCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
