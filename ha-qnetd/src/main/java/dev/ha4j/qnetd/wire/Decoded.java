package dev.ha4j.qnetd.wire;

/** What bytes are: a message, or not. */
public sealed interface Decoded {

    /** A message. */
    record Value(QnetdMessage message) implements Decoded {}

    /** Not a message, for this reason. */
    record Rejected(ErrorCode error, String reason) implements Decoded {}
}
