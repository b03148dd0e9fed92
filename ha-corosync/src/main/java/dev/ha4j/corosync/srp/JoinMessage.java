package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import java.util.SortedSet;

/**
 * A node's view of who should form the next ring; or, with {@code leaving}, its good-bye.
 *
 * @param processes everybody that it considers, failed ones included
 * @param failed those that it considers failed
 * @param ringSequence of the ring that it is in, or tried to form last
 */
public record JoinMessage(
        NodeId sender, SortedSet<NodeId> processes, SortedSet<NodeId> failed, long ringSequence, boolean leaving)
        implements SrpMessage {}
