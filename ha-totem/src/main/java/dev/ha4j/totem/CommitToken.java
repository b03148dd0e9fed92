package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Goes round the forming ring twice: first to collect what each member has of its old ring, then to tell everybody.
 *
 * @param hop rises by one with each node it passes
 * @param entries one for each member, by node id
 * @param leftCleanly all good-byes that members have heard
 */
public record CommitToken(RingId ring, long hop, List<Entry> entries, SortedSet<NodeId> leftCleanly)
        implements TotemMessage {

    public CommitToken {
        entries = List.copyOf(entries);
    }

    /** A member; its history is filled in during the first pass. */
    public record Entry(NodeId member, Optional<History> history) {}

    /**
     * What a member has of its old ring.
     *
     * @param oldRing the last ring that was operational here
     * @param allReceivedUpTo its messages up to here are all known
     * @param highDelivered last one delivered to the application
     * @param received whether an earlier recovery of that ring got as far as knowing all its messages
     * @param obligations whose messages this node has to deliver even beyond a gap, because others may have
     */
    public record History(
            RingId oldRing,
            long allReceivedUpTo,
            long highDelivered,
            boolean received,
            SortedSet<NodeId> obligations) {}
}
