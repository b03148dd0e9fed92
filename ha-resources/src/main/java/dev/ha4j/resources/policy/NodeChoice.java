package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses among the nodes of a table. */
final class NodeChoice {
    private final Model model;

    NodeChoice(Model model) {
        this.model = model;
    }

    /** All nodes of the table, the best one first. */
    List<Node> preferred(NodeTable table, @Nullable Node current) {
        List<Node> candidates = new ArrayList<>();
        for (Node node : table.nodes) {
            if (table.has(node)) {
                candidates.add(node);
            }
        }
        MergeSort.sort(candidates, (a, b) -> compare(table.score(a), a, table.score(b), b, current));
        return candidates;
    }

    /** All nodes by their base scores, the best one first. */
    List<Node> preferredByBaseScore() {
        List<Node> candidates = new ArrayList<>(List.of(model.nodes));
        MergeSort.sort(candidates, (a, b) -> compare(a.score, a, b.score, b, null));
        return candidates;
    }

    private @Nullable Node best(NodeTable table, @Nullable Node current) {
        if (model.options.placement == Options.PlacementStrategy.BALANCED) {
            List<Node> sorted = preferred(table, current);
            return sorted.isEmpty() ? null : sorted.get(0);
        }
        Node best = null;
        for (Node node : table.nodes) {
            if (table.has(node)
                    && (best == null || compare(table.score(node), node, table.score(best), best, current) < 0)) {
                best = node;
            }
        }
        return best;
    }

    private int compare(int scoreA, Node a, int scoreB, Node b, @Nullable Node current) {
        int effectiveA = a.available() ? scoreA : -Scores.INFINITY;
        int effectiveB = b.available() ? scoreB : -Scores.INFINITY;
        if (effectiveA != effectiveB) {
            return Integer.compare(effectiveB, effectiveA);
        }
        if (model.options.placement != Options.PlacementStrategy.MINIMAL) {
            if (model.options.placement == Options.PlacementStrategy.BALANCED) {
                int byCapacity = Capacity.compare(a, b);
                if (byCapacity != 0) {
                    return byCapacity;
                }
            }
            if (a.assignedCount != b.assignedCount) {
                return Integer.compare(a.assignedCount, b.assignedCount);
            }
            if (a == current || b == current) {
                return a == current ? (b == current ? 0 : -1) : 1;
            }
        }
        return a.name.compareTo(b.name);
    }

    /** Where the resource should run; whether it may is decided by who assigns it. */
    @Nullable
    Node choose(Primitive resource, @Nullable Node preferred) {
        NodeTable table = resource.table;
        Node current = resource.current();
        Node best = best(table, current);
        if (best == null) {
            return null;
        }
        int score = table.score(best);
        if (preferred != null && table.has(preferred) && table.score(preferred) >= score && table.usable(preferred)) {
            return preferred;
        }
        boolean uniqueInstance = resource.parent instanceof CloneResource clone && clone.unique;
        boolean stays = !uniqueInstance
                && score > 0
                && best.available()
                && current != null
                && current.available()
                && current.score >= 0
                && table.has(current)
                && table.score(current) == score;
        return stays ? current : best;
    }
}
