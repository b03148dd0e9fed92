package dev.ha4j.resources;

import dev.ha4j.api.Score;
import java.util.Arrays;
import java.util.List;

/** Carries what dependents wish to the table of the resource that they are placed with, along whole chains. */
final class Wishes {

    /** Marks a node that a dependent can't use, as long as clones still sum up. */
    private static final int UNUSABLE = Score.MIN * 100;

    private final List<NodeModel> nodes;

    Wishes(List<NodeModel> nodes) {
        this.nodes = nodes;
    }

    /** Adds the wishes of the colocation's dependent to the table of {@code target}. */
    void fold(Colocation colocation, ScoreTable target, boolean nonNegative) {
        if (!colocation.hasInfluence()) {
            return;
        }
        int[] scores = new int[nodes.size()];
        for (int node = 0; node < scores.length; node++) {
            scores[node] = target.get(node);
        }
        int[] result = spread(colocation.dependent(), scores, colocation, colocation.score() / 1e6f, nonNegative);
        for (int node = 0; node < scores.length; node++) {
            if (target.has(node)) {
                target.set(node, result[node], "wish of " + colocation.dependent());
            }
        }
    }

    private int[] spread(ResourceModel source, int[] scores, Colocation colocation, float factor, boolean nonNegative) {
        if (source instanceof GroupModel group) {
            return spread(group.first(), scores, colocation, factor, nonNegative);
        }
        if (source.updating) {
            return scores;
        }
        source.updating = true;
        int[] work = scores.clone();
        for (NodeModel node : nodes) {
            work[node.index] = wished(source, node, work[node.index], colocation, factor, nonNegative);
        }
        boolean usable = nodes.stream().anyMatch(node -> node.isAvailable() && work[node.index] >= 0);
        int[] result = usable ? deeper(source, work, factor, nonNegative) : scores;
        source.updating = false;
        if (nonNegative) {
            Arrays.setAll(result, node -> result[node] == UNUSABLE ? 1 : result[node]);
        }
        return result;
    }

    private int[] deeper(ResourceModel source, int[] work, float factor, boolean nonNegative) {
        int[] result = work;
        for (Colocation next : source.allWithThis()) {
            if (next.hasInfluence()) {
                float deeper = factor * next.score() / 1e6f;
                result = spread(next.dependent(), result, next, deeper, nonNegative);
            }
        }
        return result;
    }

    private static int wished(
            ResourceModel source, NodeModel node, int score, Colocation colocation, float factor, boolean nonNegative) {
        int wish = node.isAvailable() ? source.table.get(node.index) : Score.MIN;
        if (score == UNUSABLE || (factor < 0 && wish < 0 && !isLastResort(colocation, wish))) {
            return score;
        }
        double product = factor * wish;
        int delta = (int) (product + (product >= 0 ? 0.5 : -0.5));
        if (delta == 0 && wish != 0) {
            delta = factor > 0 ? 1 : -1;
        }
        int sum = ScoreTable.sum(delta, score);
        if (nonNegative && sum < 0 && score >= 0) {
            return score > 0 ? UNUSABLE : score;
        }
        return sum;
    }

    /** Being kept apart from where the dependent can't be anyway counts only if it has no other place to go. */
    private static boolean isLastResort(Colocation colocation, int wish) {
        ResourceModel primary = colocation.primary();
        int stickiness = primary.meta.stickiness().map(Score::value).orElse(0);
        ScoreTable table = colocation.dependent().table;
        int places = 0;
        for (int node = 0; node < table.size(); node++) {
            places += table.get(node) >= 0 ? 1 : 0;
        }
        return stickiness < -wish && colocation.hasInfluence() && places == 1;
    }
}
