package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whom the members of the present ring ask as their quorum device; who has none, or can't tell, is not among them. */
final class Arbiters {

    private final TreeMap<NodeId, String> names = new TreeMap<>();

    void clear() {
        names.clear();
    }

    void named(NodeId node, String arbiter) {
        if (arbiter.isEmpty()) {
            names.remove(node);
        } else {
            names.put(node, arbiter);
        }
    }

    /** Whether the votes of two arbiters could go to two partitions, if this node asks that one. */
    boolean differFrom(String arbiter) {
        return !arbiter.isEmpty() && names.values().stream().anyMatch(name -> !name.equals(arbiter));
    }

    SortedMap<NodeId, String> names() {
        return new TreeMap<>(names);
    }
}
