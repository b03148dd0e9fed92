package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.util.SortedSet;

/**
 * The old ring has ended: messages that follow were sent on it, and are delivered by the members that move together to
 * the new ring, which may be fewer than the old ring had.
 *
 * @param members those that move together from the old ring to the new one
 * @param left members of the old ring that do not
 * @param leftCleanly those of {@code left} that said good-bye
 */
public record TransitionalConfiguration(
        RingId oldRing,
        RingId newRing,
        SortedSet<NodeId> members,
        SortedSet<NodeId> left,
        SortedSet<NodeId> leftCleanly) {}
