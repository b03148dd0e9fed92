package dev.ha4j.api.config;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Nodes and links. */
record NodeCheck(ClusterPolicy policy, Check check) {

    private static final int MAX_NODES = 384;

    void run() {
        if (policy.nodes().isEmpty()) {
            check.wrong("cluster", "has no nodes", "node(1, \"a\", \"10.0.0.1\")");
            return;
        }
        check.range("number of nodes", policy.nodes().size(), 1, MAX_NODES);
        check.unique("node id", policy.nodes().stream(), NodeSpec::id);
        check.unique("node name", policy.nodes().stream(), NodeSpec::name);
        check.unique("address", policy.nodes().stream().flatMap(node -> node.links().stream()), address -> address);
        policy.nodes().forEach(this::node);
        links();
    }

    private void node(NodeSpec node) {
        if (node.name().isBlank()) {
            check.wrong("node " + node.id(), "has no name", "give it one");
        }
        check.range("votes of node " + node.name(), node.votes(), 0, 255);
        if (node.links().isEmpty()) {
            check.wrong(
                    "node " + node.name(), "has no address", "one per link, as in \"10.0.0.1\" or \"10.0.0.1:5405\"");
        }
        if (node.links().size() > NodeSpec.MAX_LINKS) {
            check.wrong(
                    "node " + node.name(), "has " + node.links().size() + " links", "at most " + NodeSpec.MAX_LINKS);
        }
    }

    private void links() {
        Set<Integer> counts =
                policy.nodes().stream().map(node -> node.links().size()).collect(Collectors.toCollection(TreeSet::new));
        if (counts.size() > 1) {
            check.wrong("links", "some nodes have " + counts + " of them", "give every node one address per link");
        }
    }
}
