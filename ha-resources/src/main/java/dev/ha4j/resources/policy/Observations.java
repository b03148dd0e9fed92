package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.Status.NodeStatus;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The observed states of nodes, while they are being changed. */
final class Observations {
    static final Presence UP = new Presence("true", "online", "member", "member");
    static final Presence DOWN = new Presence("false", "offline", "down", "down");

    /** Expected to be there, and not heard of. */
    static final Presence LOST = new Presence("false", "online", "member", "member");

    private final PolicyInput input;
    private final List<NodeStatus> nodes;

    Observations(PolicyInput input) {
        this.input = input;
        nodes = new ArrayList<>(input.status().nodes());
    }

    /** What the membership, the node's processes, and the coordinator say of a node. */
    record Presence(String member, String process, String join, String expected) {}

    List<NodeStatus> nodes() {
        return nodes;
    }

    NodeStatus get(int index) {
        return nodes.get(index);
    }

    void set(int index, NodeStatus state) {
        nodes.set(index, state);
    }

    /** Where the node's state is; a node of which nothing was observed yet gets one. */
    int indexOf(String node) {
        for (int i = 0; i < nodes.size(); i++) {
            if (node.equals(nodes.get(i).get("uname"))) {
                return i;
            }
        }
        String id = input.nodes().stream()
                .filter(entry -> entry.name().equals(node))
                .map(NodeEntry::id)
                .findFirst()
                .orElse(node);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("id", id);
        attributes.put("uname", node);
        nodes.add(new NodeStatus(attributes, List.of(), List.of(), List.of()));
        return nodes.size() - 1;
    }

    void setPresence(int index, Presence presence) {
        NodeStatus old = nodes.get(index);
        Map<String, String> attributes = new LinkedHashMap<>(old.attributes());
        attributes.put("in_ccm", presence.member());
        attributes.put("crmd", presence.process());
        attributes.put("join", presence.join());
        attributes.put("expected", presence.expected());
        nodes.set(
                index,
                new NodeStatus(attributes, old.transientAttributes(), old.transientUtilization(), old.resources()));
    }

    /** What is transient, and what was done there, is gone with the node. */
    void forget(int index) {
        nodes.set(index, new NodeStatus(nodes.get(index).attributes(), List.of(), List.of(), List.of()));
    }

    void setResources(int index, List<ResourceHistory> resources) {
        NodeStatus old = nodes.get(index);
        nodes.set(
                index,
                new NodeStatus(old.attributes(), old.transientAttributes(), old.transientUtilization(), resources));
    }

    void setAttribute(int index, String name, String value) {
        NodeStatus old = nodes.get(index);
        String set = "status-" + old.attributes().getOrDefault("id", "");
        nodes.set(
                index,
                new NodeStatus(
                        old.attributes(),
                        withValue(old.transientAttributes(), set, name, value),
                        old.transientUtilization(),
                        old.resources()));
    }

    String attribute(int index, String name, String absent) {
        for (AttributeSet set : nodes.get(index).transientAttributes()) {
            for (NamedValue entry : set.entries()) {
                if (entry.name().equals(name)) {
                    return entry.value();
                }
            }
        }
        return absent;
    }

    /** Puts the value where the name is already, else into the first set, which is made if there is none. */
    static List<AttributeSet> withValue(List<AttributeSet> sets, String newSet, String name, String value) {
        List<AttributeSet> changed = new ArrayList<>(sets);
        if (changed.isEmpty()) {
            changed.add(new AttributeSet(newSet, 0, null, List.of()));
        }
        int at = 0;
        for (int i = changed.size() - 1; i >= 0; i--) {
            boolean has = changed.get(i).entries().stream()
                    .anyMatch(entry -> entry.name().equals(name));
            at = has ? i : at;
        }
        AttributeSet set = changed.get(at);
        List<NamedValue> entries = new ArrayList<>();
        set.entries().stream().filter(entry -> !entry.name().equals(name)).forEach(entries::add);
        entries.add(new NamedValue(name, value));
        changed.set(at, new AttributeSet(set.id(), set.score(), set.rule(), entries));
        return changed;
    }
}
