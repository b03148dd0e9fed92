package dev.ha4j.api.config;

/**
 * How much the ring may have under way. All nodes have to agree on it.
 *
 * @param windowMessages messages per rotation of the token, all nodes together ({@code window_size})
 * @param messagesPerVisit messages per visit of the token at one node ({@code max_messages}); at most the window
 * @param acceleratedMessages of a visit's messages, so many may go out after the token rather than before it, so that the next
 *     node starts while this one still sends (Babay, Amir: "Fast total ordering for modern data centers", ICDCS 2015)
 * @param visitsBeforeRequest visits of the token before what is missing is requested: tolerance for packets that overtake each
 *     other ({@code miss_count_const}). Where a rotation takes long, so does what is lost
 */
public record FlowOptions(int windowMessages, int messagesPerVisit, int acceleratedMessages, int visitsBeforeRequest) {

    /** The same with another window, and no more messages per visit than that. */
    public FlowOptions withWindowMessages(int value) {
        return new FlowOptions(value, Math.min(messagesPerVisit, value), acceleratedMessages, visitsBeforeRequest);
    }

    public FlowOptions withMessagesPerVisit(int value) {
        return new FlowOptions(windowMessages, value, acceleratedMessages, visitsBeforeRequest);
    }

    public FlowOptions withAcceleratedMessages(int value) {
        return new FlowOptions(windowMessages, messagesPerVisit, value, visitsBeforeRequest);
    }

    public FlowOptions withVisitsBeforeRequest(int value) {
        return new FlowOptions(windowMessages, messagesPerVisit, acceleratedMessages, value);
    }
}
