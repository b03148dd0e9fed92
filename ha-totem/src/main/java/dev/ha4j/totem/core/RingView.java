package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** A ring's name and members; the token goes round by node id. */
record RingView(RingId id, SortedSet<NodeId> members) {

    RingView {
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
    }

    NodeId nextAfter(NodeId node) {
        return members.stream()
                .filter(member -> member.compareTo(node) > 0)
                .findFirst()
                .orElse(members.first());
    }

    SortedSet<NodeId> without(NodeId node) {
        return Sets.minus(members, Sets.of(node));
    }

    boolean isAlone() {
        return members.size() == 1;
    }

    boolean isRepresentative(NodeId node) {
        return members.first().equals(node);
    }
}
