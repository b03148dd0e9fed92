package dev.ha4j.resources.policy;

import java.util.List;

/** Scores that a constraint gives to nodes. */
record Location(String id, Resource resource, Role role, byte probe, List<Entry> entries) {

    record Entry(Node node, int score) {}
}
