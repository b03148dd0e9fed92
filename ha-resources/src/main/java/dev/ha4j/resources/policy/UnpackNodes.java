package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.NodeEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The configured nodes. */
final class UnpackNodes {
    private UnpackNodes() {}

    static void run(Model model, Map<String, String> options) {
        List<Node> nodes = new ArrayList<>();
        for (NodeEntry entry : model.input.nodes()) {
            Node node = new Node(entry.id(), entry.name(), entry.remote(), entry.score());
            node.unclean = !entry.remote() && model.options.startupFencing;
            node.dc = entry.id().equalsIgnoreCase(model.input.header().coordinator())
                    && nodes.stream().noneMatch(other -> other.dc);
            attributes(model, entry, node, options.get("cluster-name"));
            nodes.add(node);
        }
        nodes.sort((a, b) -> Text.compareNaturally(a.name, b.name));
        model.setNodes(nodes);
    }

    private static void attributes(
            Model model, NodeEntry entry, Node node, @org.jspecify.annotations.Nullable String clusterName) {
        Map<String, String> attributes = node.attributes;
        attributes.put("#kind", node.remote ? "remote" : "cluster");
        attributes.put("#uname", node.name);
        attributes.put("#id", node.id);
        attributes.put("#is_dc", Boolean.toString(node.dc));
        if (clusterName != null) {
            attributes.put("#cluster-name", clusterName);
        }
        model.sets.read(entry.attributes(), RuleInput.on(node)).forEach(attributes::putIfAbsent);
        model.sets
                .read(entry.utilization(), RuleInput.on(node))
                .forEach((name, value) -> node.utilization.put(name, (int) Text.integer(value, 0)));
        String site = attributes.getOrDefault("site-name", clusterName == null ? "" : clusterName);
        if (!site.isEmpty()) {
            attributes.putIfAbsent("#site-name", site);
        }
    }
}
