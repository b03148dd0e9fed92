package dev.ha4j.controller;

/** The answer to {@link OrderedBroadcast#submit}. */
public sealed interface Submission {

    /**
     * The message waits to be sent. {@link Controller#delivered} or {@link Controller#indeterminate} will name this id
     * exactly once, unless the node stops.
     */
    record Accepted(long id) implements Submission {}

    /** The queue is full; nothing was taken. */
    record WouldBlock() implements Submission {}

    Submission WOULD_BLOCK = new WouldBlock();
}
