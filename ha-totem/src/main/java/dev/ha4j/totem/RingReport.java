package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A look at the ring.
 *
 * @param state name of the protocol state
 * @param ring last ring that was installed; empty before the first
 * @param members its members
 * @param suspects members that are suspected at the moment
 * @param allReceivedUpTo messages of the ring received without a gap
 * @param highDelivered last message delivered
 * @param queuedMessages own messages not sent yet
 * @param counters events since the start, by name, in order of name
 */
public record RingReport(
        String state,
        Optional<RingId> ring,
        SortedSet<NodeId> members,
        SortedSet<NodeId> suspects,
        long allReceivedUpTo,
        long highDelivered,
        int queuedMessages,
        Map<String, Long> counters) {}
