package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** All ways to divide nodes into groups. */
final class Partitions {

    private Partitions() {}

    static List<List<SortedSet<NodeId>>> of(int count) {
        List<List<SortedSet<NodeId>>> found = new ArrayList<>();
        extend(new ArrayList<>(), 1, count, found);
        return found;
    }

    private static void extend(
            List<SortedSet<NodeId>> groups, int node, int count, List<List<SortedSet<NodeId>>> found) {
        if (node > count) {
            found.add(groups);
            return;
        }
        for (int at = 0; at <= groups.size(); at++) {
            List<SortedSet<NodeId>> next = new ArrayList<>();
            groups.forEach(group -> next.add(new TreeSet<>(group)));
            if (at == groups.size()) {
                next.add(new TreeSet<>());
            }
            next.get(at).add(NodeId.of(node));
            extend(next, node + 1, count, found);
        }
    }
}
