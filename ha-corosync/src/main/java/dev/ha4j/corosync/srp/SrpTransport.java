package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import java.util.SortedSet;

/**
 * The network as the ring sees it: unreliable, and allowed to lose, duplicate, delay and reorder. Never blocks, never throws, and never
 * calls back into the ring before it returns.
 */
public interface SrpTransport {

    /** To each of the targets; never to the sender itself. */
    void multicast(SrpMessage message, SortedSet<NodeId> targets);

    /** To one node, which may be the sender itself while it is alone. */
    void send(NodeId target, SrpMessage message);
}
