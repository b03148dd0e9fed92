package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Goes round the forming ring twice: first to collect what each member has of its old ring, then to tell everybody.
 *
 * @param hop rises by one with each node it passes ({@code token_seq})
 * @param filled members that have filled in their history ({@code memb_index})
 * @param entries one for each member, in the order of the ring
 */
public record CommitToken(NodeId sender, RingId ring, int hop, int filled, List<Entry> entries) implements SrpMessage {

    public CommitToken {
        entries = List.copyOf(entries);
    }

    /** A member; its history is filled in during the first pass. */
    public record Entry(NodeId member, Optional<History> history) {}

    /**
     * What a member has of its old ring.
     *
     * @param receivedUpTo its messages up to here are all known ({@code aru})
     * @param highDelivered last one delivered to the services
     * @param complete whether nobody of the old ring can have more ({@code received_flg})
     */
    public record History(RingId oldRing, int receivedUpTo, int highDelivered, boolean complete) {}

    SortedSet<NodeId> members() {
        SortedSet<NodeId> members = new TreeSet<>();
        entries.forEach(entry -> members.add(entry.member()));
        return members;
    }

    boolean isComplete() {
        return filled == entries.size();
    }

    CommitToken forwardedBy(NodeId node) {
        return new CommitToken(node, ring, hop + 1, filled, entries);
    }
}
