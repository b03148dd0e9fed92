package dev.ha4j.qnetd.witness;

import dev.ha4j.qnetd.wire.QnetdMessage;

/** What is to be done next, in order. */
public sealed interface Step {

    /** Of which connection. */
    long connection();

    /** Send a message. */
    record Send(long connection, QnetdMessage message) implements Step {}

    /** What comes in from now on is encrypted. */
    record StartTls(long connection) implements Step {}

    /** Close the connection, after what was sent. */
    record Close(long connection, String reason) implements Step {}
}
