package dev.ha4j.qnetd.client;

import dev.ha4j.qnetd.wire.QnetdMessage;

/** What is to be done next, in order. */
public sealed interface Step {

    /** Open a connection. */
    record Connect() implements Step {}

    /** Send a message. */
    record Send(QnetdMessage message) implements Step {}

    /** From the next byte on the connection is encrypted. */
    record StartTls() implements Step {}

    /** Close the connection. */
    record Disconnect(String reason) implements Step {}

    /**
     * The arbiter gave its vote for the present ring, or it does not count any longer.
     *
     * @param tenure rises whenever another partition may have had the vote
     */
    record Voted(boolean granted, long tenure) implements Step {}
}
