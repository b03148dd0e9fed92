package dev.ha4j.corosync;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.util.SortedSet;

/**
 * Hears of ring and quorum, on the node's delivery thread and in one order with what {@link CpgListener} hears. May take its time, as far
 * as {@link dev.ha4j.corosync.node.CorosyncNode#MAX_DELIVERY_BYTES} allows.
 */
public interface CorosyncListener {

    /** Who is in the ring, once the services of all members agree on what they know. */
    default void ringChanged(RingId ring, SortedSet<NodeId> members) {}

    /** Votes have been counted anew. */
    default void quorumChanged(QuorumView quorum) {}

    /** A link of knet came into use, or went out of it. Has no place in the order of the ring. */
    default void linkChanged(NodeId node, int link, boolean connected) {}

    /** The node is no longer in the ring and will not be again, for a reason that somebody has to look at. */
    default void failed(String reason) {}
}
