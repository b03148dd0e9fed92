package dev.ha4j.qnetd.wire;

import java.util.Optional;

/** A field of a message; its code is its place. */
public enum Option {
    SEQUENCE(4),
    CLUSTER_NAME(Option.ANY),
    TLS_SUPPORTED(1),
    CLIENT_CERTIFICATE_REQUIRED(1),
    SUPPORTED_MESSAGES(Option.SHORTS),
    SUPPORTED_OPTIONS(Option.SHORTS),
    ERROR_CODE(2),
    MAX_REQUEST_BYTES(4),
    MAX_REPLY_BYTES(4),
    NODE_ID(4),
    SUPPORTED_ALGORITHMS(Option.SHORTS),
    ALGORITHM(2),
    HEARTBEAT_MILLIS(4),
    RING_ID(12),
    CONFIG_VERSION(8),
    DATA_CENTER_ID(4),
    NODE_STATE(1),
    NODE_INFO(Option.ANY),
    NODE_LIST_TYPE(1),
    VOTE(1),
    QUORATE(1),
    TIE_BREAKER(5),
    HEURISTICS(1),
    KEEP_ACTIVE_PARTITION(1);

    private static final int ANY = -1;
    private static final int SHORTS = -2;
    private static final Option[] ALL = values();

    private final int bytes;

    Option(int bytes) {
        this.bytes = bytes;
    }

    @SuppressWarnings("EnumOrdinal") // the protocol numbers them so
    public int code() {
        return ordinal();
    }

    boolean allows(int length) {
        return bytes == ANY || (bytes == SHORTS ? length % 2 == 0 : length == bytes);
    }

    static Optional<Option> of(int code) {
        return code >= 0 && code < ALL.length ? Optional.of(ALL[code]) : Optional.empty();
    }
}
