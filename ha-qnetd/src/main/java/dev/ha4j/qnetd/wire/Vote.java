package dev.ha4j.qnetd.wire;

/** What the arbiter says to a node; its code is its place. */
public enum Vote {
    UNDEFINED,
    /** The node has the vote. */
    ACK,
    /** It has not. */
    NACK,
    /** It should ask again later. */
    ASK_LATER,
    /** It will be told. */
    WAIT,
    /** As before. */
    NO_CHANGE;

    private static final Vote[] ALL = values();

    @SuppressWarnings("EnumOrdinal") // the protocol numbers them so
    public int code() {
        return ordinal();
    }

    /** Whatever is unknown is no vote. */
    public static Vote of(long code) {
        return code >= 0 && code < ALL.length ? ALL[(int) code] : UNDEFINED;
    }
}
