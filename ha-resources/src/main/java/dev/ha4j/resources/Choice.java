package dev.ha4j.resources;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Chooses the node for one primitive from its finished table. */
final class Choice {

    private final PrimitiveModel leaf;
    private final ScoreTable table;

    Choice(PrimitiveModel leaf, ScoreTable table) {
        this.leaf = leaf;
        this.table = table;
    }

    /**
     * The best node: highest score, then fewest primitives, then where it is now, then by name. A current node whose positive
     * score is as good as the best one's is kept.
     */
    Optional<NodeModel> best(List<NodeModel> nodes, Predicate<NodeModel> permitted, @Nullable NodeModel preferred) {
        List<NodeModel> candidates = new ArrayList<>();
        for (NodeModel node : nodes) {
            if (node.isAvailable() && table.get(node.index) >= 0 && permitted.test(node)) {
                candidates.add(node);
            }
        }
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        NodeModel best = candidates.stream().min(order()).orElseThrow();
        int bestScore = table.get(best.index);
        if (preferred != null && candidates.contains(preferred) && table.get(preferred.index) >= bestScore) {
            return Optional.of(preferred);
        }
        return Optional.of(stay(candidates, bestScore).orElse(best));
    }

    private Optional<NodeModel> stay(List<NodeModel> candidates, int bestScore) {
        return leaf.currentNode()
                .filter(current -> bestScore > 0)
                .filter(current -> candidates.contains(current) && table.get(current.index) == bestScore);
    }

    private Comparator<NodeModel> order() {
        return Comparator.comparingInt((NodeModel node) -> -table.get(node.index))
                .thenComparingInt(node -> node.load)
                .thenComparingInt(node -> leaf.activeOn.contains(node) ? 0 : 1)
                .thenComparing(node -> node.name);
    }
}
