package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Scores;
import dev.ha4j.resources.policy.Reachability;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether there is a node for each resource. */
final class PlacementChecks {
    private final Findings findings;
    private final Names names;
    private final Map<String, Set<String>> reach = new LinkedHashMap<>();

    PlacementChecks(Findings findings, Names names) {
        this.findings = findings;
        this.names = names;
    }

    /** For each resource, collectives too, the nodes that the configuration leaves to it */
    Map<String, Set<String>> run(PolicyInput input, Instant now) {
        Map<String, Map<String, Integer>> scores = Reachability.of(input, now);
        input.resources().forEach(resource -> nodesOf(resource, scores));
        boolean asymmetric =
                !Value.isTrue(FencingChecks.option(input, "symmetric-cluster", "symmetric-cluster", "true"));
        for (ResourceEntry top : input.resources()) {
            if (reach.getOrDefault(top.id(), new TreeSet<>()).isEmpty()
                    && !input.nodes().isEmpty()) {
                unreachable(top, scores, asymmetric);
            }
        }
        capacities(input);
        return reach;
    }

    private Set<String> nodesOf(ResourceEntry entry, Map<String, Map<String, Integer>> scores) {
        Set<String> nodes = new TreeSet<>();
        if (entry instanceof ResourceEntry.Primitive || entry instanceof ResourceEntry.Bundle) {
            scores.getOrDefault(entry.id(), Map.of()).forEach((node, score) -> {
                if (score >= 0) {
                    nodes.add(node);
                }
            });
        } else if (entry instanceof ResourceEntry.Group group) {
            nodes.addAll(nodesOf(group.members().get(0), scores));
            group.members().forEach(member -> nodes.retainAll(nodesOf(member, scores)));
        } else {
            nodes.addAll(nodesOf(((ResourceEntry.Clone) entry).child(), scores));
        }
        reach.put(entry.id(), nodes);
        return nodes;
    }

    private void unreachable(ResourceEntry top, Map<String, Map<String, Integer>> scores, boolean asymmetric) {
        boolean onlyUnwanted = leaves(top)
                .allMatch(leaf -> scores.getOrDefault(leaf, Map.of()).values().stream()
                        .anyMatch(score -> score > -Scores.INFINITY));
        String problem = onlyUnwanted
                ? "its score is below zero on every node, so it can't run"
                : "every node is forbidden to it, so it can't run";
        findings.error(
                top.id(),
                problem,
                asymmetric
                        ? "add a location constraint with a score of 0 or more: with symmetric-cluster=\"false\" nodes have to be allowed"
                        : "remove or change a location constraint, or an attribute that its rules look at");
    }

    private java.util.stream.Stream<String> leaves(ResourceEntry entry) {
        if (entry instanceof ResourceEntry.Primitive || entry instanceof ResourceEntry.Bundle) {
            return java.util.stream.Stream.of(entry.id());
        }
        return entry instanceof ResourceEntry.Group group
                ? group.members().stream().map(ResourceEntry::id)
                : leaves(((ResourceEntry.Clone) entry).child());
    }

    /** What weighs more than any node can carry. */
    private void capacities(PolicyInput input) {
        if (List.of("default", "")
                .contains(FencingChecks.option(input, "placement-strategy", "placement-strategy", ""))) {
            return;
        }
        Map<String, Integer> largest = new LinkedHashMap<>();
        for (NodeEntry node : input.nodes()) {
            numbers(node.utilization()).forEach((name, value) -> largest.merge(name, value, Math::max));
        }
        for (ResourceEntry entry : names.resources().values()) {
            if (entry instanceof ResourceEntry.Primitive primitive) {
                numbers(primitive.utilization()).forEach((name, value) -> {
                    if (value > largest.getOrDefault(name, 0)) {
                        findings.error(
                                primitive.id(),
                                "it needs " + name + "=" + value + ", and no node has more than "
                                        + largest.getOrDefault(name, 0),
                                "lower its utilization, or raise that of a node");
                    }
                });
            }
        }
    }

    private static Map<String, Integer> numbers(List<dev.ha4j.resources.config.AttributeSet> sets) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (NamedValue pair : OptionChecks.entries(sets)) {
            if (Value.NUMBER.accepts(pair.value())) {
                numbers.putIfAbsent(pair.name(), Integer.parseInt(pair.value().strip()));
            }
        }
        return numbers;
    }
}
