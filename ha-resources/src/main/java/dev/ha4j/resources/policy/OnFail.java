package dev.ha4j.resources.policy;

/** What is done after a failure, from mild to severe. */
enum OnFail {
    IGNORE,
    DEMOTE,
    RESTART,
    RESET_REMOTE,
    RESTART_CONTAINER,
    BAN,
    BLOCK,
    STOP,
    STANDBY,
    FENCE;

    OnFail orWorse(OnFail other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
