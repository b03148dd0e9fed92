package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.util.SortedSet;

/**
 * A new ring starts: every later message until the next transitional configuration was sent on it.
 *
 * @param members members of the new ring
 * @param joined members that did not come along from this node's previous ring
 * @param left members of the previous ring that did not come along. A node that was restarted in between can be in
 *         {@code joined} as well
 * @param leftCleanly those of {@code left} that said good-bye; the same at every member that came along
 */
public record RegularConfiguration(
        RingId ring,
        SortedSet<NodeId> members,
        SortedSet<NodeId> joined,
        SortedSet<NodeId> left,
        SortedSet<NodeId> leftCleanly) {}
