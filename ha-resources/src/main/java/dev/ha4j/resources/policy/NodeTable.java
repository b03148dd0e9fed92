package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.Arrays;

/** What a resource gets on each node, by the node's index. A node that is not in the table is not allowed. */
final class NodeTable {
    static final byte PROBE_ALWAYS = 0;
    static final byte PROBE_NEVER = 1;
    static final byte PROBE_EXCLUSIVE = 2;

    final Node[] nodes;
    final boolean[] has;
    final int[] score;
    final byte[] probe;
    final int[] count;

    NodeTable(Node[] nodes) {
        this.nodes = nodes;
        has = new boolean[nodes.length];
        score = new int[nodes.length];
        probe = new byte[nodes.length];
        count = new int[nodes.length];
    }

    private NodeTable(NodeTable other) {
        nodes = other.nodes;
        has = other.has.clone();
        score = other.score.clone();
        probe = other.probe.clone();
        count = other.count.clone();
    }

    NodeTable copy() {
        return new NodeTable(this);
    }

    boolean has(Node node) {
        return has[node.index];
    }

    int score(Node node) {
        return score[node.index];
    }

    /** Puts the node in with this score if it is absent. */
    void insert(Node node, int initial) {
        if (!has[node.index]) {
            has[node.index] = true;
            score[node.index] = initial;
            probe[node.index] = node.closed ? PROBE_NEVER : PROBE_ALWAYS;
        }
    }

    void remove(Node node) {
        has[node.index] = false;
        score[node.index] = 0;
        probe[node.index] = PROBE_ALWAYS;
        count[node.index] = 0;
    }

    /** Adds to the node's score; one that is absent comes in with its base score first. */
    void add(Node node, int delta) {
        insert(node, node.score);
        score[node.index] = Scores.add(score[node.index], delta);
    }

    void addEverywhere(int delta) {
        for (Node node : nodes) {
            add(node, delta);
        }
    }

    /** Whether the node may take the resource now. */
    boolean usable(int index) {
        return has[index] && score[index] >= 0 && nodes[index].available();
    }

    boolean usable(Node node) {
        return usable(node.index);
    }

    boolean anyUsable() {
        for (int i = 0; i < nodes.length; i++) {
            if (usable(i)) {
                return true;
            }
        }
        return false;
    }

    void clearCounts() {
        Arrays.fill(count, 0);
    }
}
