package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.TokenReport;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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
 * @param strangers nodes that others have named as candidates and this one isn't configured with, lately
 * @param disowned nodes that this one is configured with, and that others have called unknown, lately
 * @param token how the token goes round
 * @param sent messages by kind
 * @param received messages by kind
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
        SortedSet<NodeId> strangers,
        SortedSet<NodeId> disowned,
        TokenReport token,
        SortedMap<String, Long> sent,
        SortedMap<String, Long> received,
        Map<String, Long> counters) {

    /** Of a ring that has not begun. */
    public static final RingReport NEW = new RingReport(
            "new",
            Optional.empty(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            0,
            0,
            0,
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            TokenReport.NONE,
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Map.of());
}
