package dev.ha4j.qnetd.wire;

import java.util.Optional;

/** Why the arbiter refuses something; its code is its place. */
public enum ErrorCode {
    OK("no error"),
    UNSUPPORTED_NEEDED_MESSAGE("a message that it needs is not supported"),
    UNSUPPORTED_NEEDED_OPTION("an option that it needs is not supported"),
    TLS_REQUIRED("it requires TLS"),
    UNSUPPORTED_MESSAGE("it does not know the message"),
    MESSAGE_TOO_LONG("the message is too long"),
    PREINIT_REQUIRED("PREINIT has to come first"),
    MISSING_OPTION("a required option is missing"),
    UNEXPECTED_MESSAGE("it does not expect the message now"),
    DECODING_ERROR("it can't decode the message"),
    INTERNAL_ERROR("it failed"),
    INIT_REQUIRED("INIT has to come first"),
    UNSUPPORTED_ALGORITHM("it does not support the algorithm"),
    INVALID_HEARTBEAT("the heartbeat interval is out of its range"),
    UNSUPPORTED_ALGORITHM_MESSAGE("the algorithm does not support the message"),
    TIE_BREAKER_DIFFERS("the other nodes of the cluster have another tie breaker"),
    ALGORITHM_DIFFERS("the other nodes of the cluster use another algorithm"),
    DUPLICATE_NODE_ID("a node of this number is connected already"),
    INVALID_CONFIG_LIST("the list of configured nodes is not valid"),
    INVALID_MEMBERSHIP_LIST("the list of members is not valid");

    private static final ErrorCode[] ALL = values();

    private final String meaning;

    ErrorCode(String meaning) {
        this.meaning = meaning;
    }

    @SuppressWarnings("EnumOrdinal") // the protocol numbers them so
    public int code() {
        return ordinal();
    }

    /** In words. */
    public String meaning() {
        return meaning;
    }

    public static Optional<ErrorCode> of(long code) {
        return code >= 0 && code < ALL.length ? Optional.of(ALL[(int) code]) : Optional.empty();
    }
}
