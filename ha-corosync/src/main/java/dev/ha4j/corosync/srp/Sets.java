package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Set algebra over node ids; results are immutable. */
final class Sets {

    private Sets() {}

    static SortedSet<NodeId> of(NodeId... nodes) {
        return copy(List.of(nodes));
    }

    static SortedSet<NodeId> copy(Collection<NodeId> nodes) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    static SortedSet<NodeId> union(Collection<NodeId> a, Collection<NodeId> b) {
        TreeSet<NodeId> result = new TreeSet<>(a);
        result.addAll(b);
        return Collections.unmodifiableSortedSet(result);
    }

    static SortedSet<NodeId> minus(Collection<NodeId> a, Collection<NodeId> b) {
        TreeSet<NodeId> result = new TreeSet<>(a);
        result.removeAll(b);
        return Collections.unmodifiableSortedSet(result);
    }
}
