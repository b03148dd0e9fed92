package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.util.Optional;
import java.util.SortedSet;

/** A ring and what this node has of its messages. */
final class Ring {

    final RingId id;
    final SortedSet<NodeId> members;

    /** The members without this node. */
    final SortedSet<NodeId> others;

    final Window window;

    /** Last message that was handed to the services, or never will be. */
    int highDelivered;

    Ring(RingId id, SortedSet<NodeId> members, NodeId self, int firstSequence) {
        this.id = id;
        this.members = members;
        this.others = Sets.minus(members, Sets.of(self));
        this.window = new Window(firstSequence);
        this.highDelivered = firstSequence;
    }

    boolean isRepresentative(NodeId node) {
        return id.representative().equals(node);
    }

    NodeId nextAfter(NodeId node) {
        SortedSet<NodeId> behind = members.tailSet(NodeId.of(Math.min(node.value() + 1, NodeId.MAX_VALUE)));
        return behind.isEmpty() || node.value() == NodeId.MAX_VALUE ? members.first() : behind.first();
    }

    /** Only members' messages have a place on their ring. */
    boolean add(OrderedMessage message) {
        return members.contains(message.sender()) && window.add(message);
    }

    Optional<OrderedMessage> nextToDeliver() {
        return window.get(highDelivered + 1);
    }

    CommitToken.History history() {
        boolean complete = window.receivedUpTo() == window.highest();
        return new CommitToken.History(id, window.receivedUpTo(), highDelivered, complete);
    }
}
