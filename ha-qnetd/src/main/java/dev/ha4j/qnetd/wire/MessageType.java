package dev.ha4j.qnetd.wire;

import java.util.Optional;

/** The kind of a message; its code is its place. */
public enum MessageType {
    PREINIT,
    PREINIT_REPLY,
    STARTTLS,
    INIT,
    INIT_REPLY,
    SERVER_ERROR,
    SET_OPTION,
    SET_OPTION_REPLY,
    ECHO_REQUEST,
    ECHO_REPLY,
    NODE_LIST,
    NODE_LIST_REPLY,
    ASK_FOR_VOTE,
    ASK_FOR_VOTE_REPLY,
    VOTE_INFO,
    VOTE_INFO_REPLY,
    HEURISTICS_CHANGE,
    HEURISTICS_CHANGE_REPLY;

    private static final MessageType[] ALL = values();

    @SuppressWarnings("EnumOrdinal") // the protocol numbers them so
    public int code() {
        return ordinal();
    }

    static Optional<MessageType> of(int code) {
        return code >= 0 && code < ALL.length ? Optional.of(ALL[code]) : Optional.empty();
    }
}
