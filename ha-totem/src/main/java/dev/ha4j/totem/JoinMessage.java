package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.util.SortedSet;

/**
 * A node's view of who should form the next ring; or, with {@code leaving}, its good-bye.
 *
 * @param processes everybody that it considers, failed ones included
 * @param failed those that it considers failed
 * @param suspects those that it has not heard from, or whose host refuses its packets
 * @param leftCleanly those that said good-bye since its last ring
 * @param unknown those of the failed that it does not know at all: its configuration names them not yet, or no longer
 * @param ringSequence highest ring sequence it has seen
 */
public record JoinMessage(
        NodeId sender,
        SortedSet<NodeId> processes,
        SortedSet<NodeId> failed,
        SortedSet<NodeId> suspects,
        SortedSet<NodeId> leftCleanly,
        SortedSet<NodeId> unknown,
        long ringSequence,
        boolean leaving)
        implements TotemMessage {}
