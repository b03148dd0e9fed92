package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import org.jspecify.annotations.Nullable;

/** Which instance of a clone is served first. Q: this is not transitive. */
final class InstanceOrder {
    private InstanceOrder() {}

    static int compare(Resource a, Resource b) {
        if (a.isActive() && b.isActive() && a.running.size() != b.running.size()) {
            return Integer.compare(a.running.size(), b.running.size());
        }
        Node nodeA = allowed(a);
        Node nodeB = allowed(b);
        boolean badA = nodeA == null && a.current() != null;
        boolean badB = nodeB == null && b.current() != null;
        if (badA != badB) {
            return badA ? 1 : -1;
        }
        if (a.priority != b.priority) {
            return Integer.compare(b.priority, a.priority);
        }
        if (nodeA == null || nodeB == null) {
            return nodeA == nodeB ? 0 : nodeA == null ? 1 : -1;
        }
        if (nodeA.available() != nodeB.available()) {
            return nodeA.available() ? -1 : 1;
        }
        return compareByParent(a, nodeA, b, nodeB);
    }

    /** Its current node, unless it may not run there. */
    private static @Nullable Node allowed(Resource instance) {
        Node node = instance.current();
        return node != null && instance.table.has(node) && instance.table.score(node) >= 0 ? node : null;
    }

    private static int compareByParent(Resource a, Node nodeA, Resource b, Node nodeB) {
        if (a.parent == null || b.parent == null) {
            return 0;
        }
        NodeTable table = a.parent.table;
        boolean hasA = table.has(nodeA);
        boolean hasB = table.has(nodeB);
        if (!hasA || !hasB) {
            return hasA == hasB ? 0 : hasA ? -1 : 1;
        }
        int countA = table.count[nodeA.index];
        int countB = table.count[nodeB.index];
        if (countA != countB) {
            return Integer.compare(countA, countB);
        }
        boolean failedA = a.isFailedRecursively();
        if (failedA != b.isFailedRecursively()) {
            return failedA ? 1 : -1;
        }
        int byColocation = Integer.compare(colocationScore(b, nodeB), colocationScore(a, nodeA));
        return byColocation != 0 ? byColocation : Integer.compare(number(a), number(b));
    }

    private static int number(Resource instance) {
        return CloneResource.numberAfter(instance.parent instanceof Bundle ? '-' : ':', instance);
    }

    /** What the colocations of an instance say for the node where it is. */
    private static int colocationScore(Resource instance, Node node) {
        NodeTable table = new NodeTable(instance.table.nodes);
        table.insert(node, node.score);
        for (Colocation colocation : ColocationLists.withOthers(instance)) {
            table = Wishes.ofPrimary(colocation, table);
        }
        for (Colocation colocation : ColocationLists.othersWith(instance)) {
            if (colocation.influences(instance)) {
                table = Wishes.ofDependent(colocation, table, true, false);
            }
        }
        return Math.max(-Scores.INFINITY, table.score(node));
    }
}
