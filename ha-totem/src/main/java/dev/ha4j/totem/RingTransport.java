package dev.ha4j.totem;

import dev.ha4j.api.NodeId;

/**
 * The network as the ring sees it: unreliable, and allowed to lose, duplicate, delay and reorder. Called on the ring's
 * thread; never blocks, never throws, and never calls back into the ring before it returns.
 */
public interface RingTransport {

    void multicast(TotemMessage message, Scope scope);

    void send(NodeId target, TotemMessage message);

    /** Sends once more what has had no effect: by every way there is, for the one that it took may be the reason. */
    void repeat(NodeId target, TotemMessage message);
}
