package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.Scores;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        addRemote(model, nodes);
        nodes.sort((a, b) -> Text.compareNaturally(a.name, b.name));
        model.setNodes(nodes);
    }

    /** Remote and guest nodes need no entry of their own: their connections say that they are there, or were. */
    private static void addRemote(Model model, List<Node> nodes) {
        Set<String> known = new LinkedHashSet<>();
        nodes.forEach(node -> known.addAll(List.of(node.id, node.name)));
        for (String name : RemoteNodes.implied(model.input.resources())) {
            if (known.add(name)) {
                nodes.add(remote(name));
            }
        }
        for (String name : RemoteNodes.containers(model.input.resources())) {
            addContainer(name, known, nodes);
        }
        for (String name : RemoteNodes.recorded(model.input.status().nodes())) {
            if (known.add(name)) {
                Node node = remote(name);
                node.late = true;
                nodes.add(node);
            }
        }
    }

    /** It is known once its bundle is. */
    private static void addContainer(String name, Set<String> known, List<Node> nodes) {
        if (known.add(name)) {
            Node node = remote(name);
            node.late = true;
            nodes.add(node);
        }
        for (Node node : nodes) {
            if (node.name.equals(name)) {
                node.closed = true;
                node.score = -Scores.INFINITY;
            }
        }
    }

    /** Q: that it has a name as other nodes have is not known to rules before something was heard of it. */
    private static Node remote(String name) {
        Node node = new Node(name, name, true, 0);
        node.attributes.put("#kind", "remote");
        return node;
    }

    private static void attributes(Model model, NodeEntry entry, Node node, @Nullable String clusterName) {
        Map<String, String> attributes = node.attributes;
        attributes.put("#kind", node.remote ? "remote" : "cluster");
        describe(node, clusterName);
        model.sets.read(entry.attributes(), RuleInput.on(node)).forEach(attributes::putIfAbsent);
        model.sets
                .read(entry.utilization(), RuleInput.on(node))
                .forEach((name, value) -> node.utilization.put(name, (int) Text.integer(value, 0)));
        nameSite(attributes, clusterName);
    }

    static void describe(Node node, @Nullable String clusterName) {
        Map<String, String> attributes = node.attributes;
        attributes.put("#uname", node.name);
        attributes.put("#id", node.id);
        attributes.put("#is_dc", Boolean.toString(node.dc));
        if (clusterName != null) {
            attributes.put("#cluster-name", clusterName);
        }
    }

    static void nameSite(Map<String, String> attributes, @Nullable String clusterName) {
        String site = attributes.getOrDefault("site-name", clusterName == null ? "" : clusterName);
        if (!site.isEmpty()) {
            attributes.putIfAbsent("#site-name", site);
        }
    }
}
