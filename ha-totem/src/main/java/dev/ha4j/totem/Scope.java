package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.util.SortedSet;

/** Who a multicast is for. The sender itself never is: it handles its own messages without the network. */
public sealed interface Scope {

    /** Members of one ring, the sender excluded. */
    record RingMembers(SortedSet<NodeId> members) implements Scope {}

    /** Every configured node, so that rings which do not know of each other meet. */
    record AllConfigured() implements Scope {}
}
