package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.Header;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.Scores;
import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.config.Status.NodeStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the configuration lets resources run at all: if every node were well, nothing had failed, and no other resource were there. */
public final class Reachability {

    private Reachability() {}

    /** The best score that an instance of each primitive has on each node, by the primitive's configured name; and each bundle. */
    public static Map<String, Map<String, Integer>> of(PolicyInput input, Instant now) {
        Model model = PolicyEngine.unpacked(atItsBest(input), now);
        UnpackConstraints.run(model);
        new NodeCriteria(model, new FailCounts(model)).run();
        Map<String, Map<String, Integer>> scores = new LinkedHashMap<>();
        for (Primitive leaf : model.leaves()) {
            Map<String, Integer> nodes = scores.computeIfAbsent(leaf.baseId, id -> new TreeMap<>());
            for (Node node : model.nodes) {
                int score = leaf.table.has(node) ? leaf.table.score(node) : -Scores.INFINITY;
                int top = leaf.top().table.has(node) ? leaf.top().table.score(node) : -Scores.INFINITY;
                nodes.merge(node.name, top <= -Scores.INFINITY ? top : score, Math::max);
            }
        }
        for (Resource resource : model.resources) {
            if (resource instanceof Bundle bundle) {
                Map<String, Integer> nodes = scores.computeIfAbsent(bundle.id, id -> new TreeMap<>());
                bundle.containers()
                        .forEach(container -> scores.getOrDefault(container.id, Map.of())
                                .forEach((node, score) -> nodes.merge(node, score, Math::max)));
            }
        }
        return scores;
    }

    private static PolicyInput atItsBest(PolicyInput input) {
        Observations observed = new Observations(input.withStatus(new Status(withoutFailures(input), Map.of())));
        for (NodeEntry node : input.nodes()) {
            observed.setPresence(observed.indexOf(node.name()), Observations.UP);
        }
        Map<String, Map<String, String>> tickets = new LinkedHashMap<>();
        input.constraints().forEach(constraint -> {
            String ticket = constraint.get("ticket");
            if (ticket != null) {
                Map<String, String> granted = new LinkedHashMap<>();
                granted.put("id", ticket);
                granted.put("granted", "true");
                tickets.put(ticket, granted);
            }
        });
        Header old = input.header();
        return input.withHeader(new Header(true, false, old.coordinator(), old.executionSeconds(), old.unfencing()))
                .withStatus(new Status(observed.nodes(), tickets));
    }

    private static List<NodeStatus> withoutFailures(PolicyInput input) {
        return input.status().nodes().stream()
                .map(node -> new NodeStatus(
                        node.attributes(),
                        node.transientAttributes().stream()
                                .map(Reachability::withoutFailures)
                                .toList(),
                        node.transientUtilization(),
                        List.of()))
                .toList();
    }

    private static AttributeSet withoutFailures(AttributeSet set) {
        return new AttributeSet(
                set.id(),
                set.score(),
                set.rule(),
                set.entries().stream()
                        .filter(entry -> !entry.name().startsWith("fail-count-"))
                        .toList());
    }
}
