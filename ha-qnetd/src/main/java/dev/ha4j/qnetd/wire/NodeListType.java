package dev.ha4j.qnetd.wire;

import java.util.Optional;

/** What a list of nodes is about; its code is its place. */
public enum NodeListType {
    INITIAL_CONFIG,
    CHANGED_CONFIG,
    MEMBERSHIP,
    QUORUM;

    private static final NodeListType[] ALL = values();

    @SuppressWarnings("EnumOrdinal") // the protocol numbers them so
    public int code() {
        return ordinal();
    }

    public static Optional<NodeListType> of(long code) {
        return code >= 0 && code < ALL.length ? Optional.of(ALL[(int) code]) : Optional.empty();
    }
}
