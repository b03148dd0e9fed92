package dev.ha4j.resources;

import dev.ha4j.api.Score;
import dev.ha4j.resources.Placement.Contribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The scores of one resource on all nodes, by index of the node, with what they are made of. */
final class ScoreTable {

    private final int[] scores;
    private final boolean[] allowed;
    private final List<List<Contribution>> contributions;

    ScoreTable(int nodeCount, boolean symmetric) {
        scores = new int[nodeCount];
        allowed = new boolean[nodeCount];
        Arrays.fill(allowed, symmetric);
        contributions = new ArrayList<>(nodeCount);
        for (int node = 0; node < nodeCount; node++) {
            contributions.add(new ArrayList<>(2));
        }
    }

    private ScoreTable(ScoreTable other) {
        scores = other.scores.clone();
        allowed = other.allowed.clone();
        contributions = new ArrayList<>(other.contributions.size());
        other.contributions.forEach(list -> contributions.add(new ArrayList<>(list)));
    }

    /** The sum, in which minus infinity beats infinity. */
    static int sum(int left, int right) {
        if (left <= Score.MIN || right <= Score.MIN) {
            return Score.MIN;
        }
        if (left >= Score.MAX || right >= Score.MAX) {
            return Score.MAX;
        }
        return Math.max(Score.MIN, Math.min(Score.MAX, left + right));
    }

    ScoreTable copy() {
        return new ScoreTable(this);
    }

    void become(ScoreTable other) {
        System.arraycopy(other.scores, 0, scores, 0, scores.length);
        System.arraycopy(other.allowed, 0, allowed, 0, allowed.length);
        for (int node = 0; node < scores.length; node++) {
            contributions.set(node, new ArrayList<>(other.contributions.get(node)));
        }
    }

    int size() {
        return scores.length;
    }

    /** Whether the node is in the table at all: in a cluster that is not symmetric only a location puts it there. */
    boolean has(int node) {
        return allowed[node];
    }

    int get(int node) {
        return allowed[node] ? scores[node] : Score.MIN;
    }

    /** Adds, and lets the node in if it was not. */
    void add(int node, int score, String reason) {
        scores[node] = sum(scores[node], score);
        allowed[node] = true;
        if (score != 0) {
            contributions.get(node).add(new Contribution(Score.of(score), reason));
        }
    }

    void set(int node, int score, String reason) {
        if (scores[node] != score) {
            contributions.get(node).add(new Contribution(Score.of(score - scores[node]), reason));
            scores[node] = score;
        }
    }

    void ban(int node, String reason) {
        add(node, Score.MIN, reason);
    }

    void banAll(String reason) {
        for (int node = 0; node < scores.length; node++) {
            ban(node, reason);
        }
    }

    List<Contribution> contributions(int node) {
        return contributions.get(node);
    }
}
