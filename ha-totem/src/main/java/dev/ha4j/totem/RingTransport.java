package dev.ha4j.totem;

import dev.ha4j.api.NodeId;

/**
 * The network as the ring sees it: unreliable, and allowed to lose, duplicate, delay and reorder. It must not change a message or
 * its sender, and hand over nothing that anybody else could have sent.
 *
 * <p>Called on the ring's thread; never blocks, never throws, and never calls back into the ring before it returns. What can't be
 * sent, to an unknown node for example, is lost. Messages are immutable, so they may be kept and encoded later
 * ({@link dev.ha4j.totem.wire.TotemCodec}); ordered ones are at most {@link RingLimits#maxPacketBytes()} long, or as
 * {@link TotemRing#adapt} says.
 */
public interface RingTransport {

    /** Sends to everybody in the scope but this node. */
    void multicast(TotemMessage message, Scope scope);

    /** Sends to one other node. */
    void send(NodeId target, TotemMessage message);

    /** Sends once more what has had no effect: by every way there is, for the one that it took may be the reason. */
    void repeat(NodeId target, TotemMessage message);
}
