package dev.ha4j.conformance.random;

import dev.ha4j.conformance.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The graph that {@code crm_simulate} saves: actions, each with those that it waits for. */
final class ReferenceGraph {
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<String> edges = new ArrayList<>();

    private ReferenceGraph() {}

    static ReferenceGraph of(Element graph) {
        ReferenceGraph read = new ReferenceGraph();
        List<Element> synapses = Reference.below(graph, "synapse");
        synapses.forEach(synapse ->
                actions(synapse, "action_set").forEach(each -> read.labels.put(each.getAttribute("id"), label(each))));
        synapses.forEach(read::addEdges);
        return read;
    }

    /** A label for each action. */
    List<String> actions() {
        return List.copyOf(labels.values());
    }

    List<String> edges() {
        return edges;
    }

    private void addEdges(Element synapse) {
        for (Element then : actions(synapse, "action_set").toList()) {
            actions(synapse, "trigger")
                    .forEach(first -> edges.add(
                            labels.get(first.getAttribute("id")) + " -> " + labels.get(then.getAttribute("id"))));
        }
    }

    private static Stream<Element> actions(Element synapse, String within) {
        return Reference.below(synapse, within).stream().flatMap(ReferenceGraph::children);
    }

    private static Stream<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element childElement) {
                children.add(childElement);
            }
        }
        return children.stream();
    }

    private static String label(Element action) {
        String type = action.getTagName().replaceAll("_.*", "");
        Element attributes = Reference.below(action, "attributes").get(0);
        String interval = attributes.getAttribute("CRM_meta_interval");
        String rc = attributes.getAttribute("CRM_meta_op_target_rc");
        return Labels.of(
                type,
                action.getAttribute("operation_key"),
                action.getAttribute("on_node"),
                interval.isEmpty() ? 0 : Long.parseLong(interval),
                rc.isEmpty() ? "0" : rc);
    }
}
