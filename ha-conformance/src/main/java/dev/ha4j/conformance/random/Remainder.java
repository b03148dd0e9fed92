package dev.ha4j.conformance.random;

import java.util.TreeSet;

/** What a cluster has that is out of the ordinary: after shrinking, what a difference comes from. */
final class Remainder {
    private final TreeSet<String> traits = new TreeSet<>();

    private Remainder() {}

    static String of(Xml cib) {
        Remainder remainder = new Remainder();
        remainder.visit(cib);
        return String.join(", ", remainder.traits);
    }

    private void visit(Xml element) {
        switch (element.name) {
            case "group", "resource_set", "rule" -> traits.add(element.name);
            case "nvpair" -> {
                boolean score = element.get("name").startsWith("master-");
                traits.add(score ? "promotion score" : element.get("name").replaceAll("-r[0-9].*", ""));
            }
            case "rsc_location", "rsc_colocation", "rsc_order", "rsc_ticket" -> constraint(element);
            case "node_state" -> nodeState(element);
            case "lrm_rsc_op" -> operation(element);
            default -> {}
        }
        element.children.forEach(this::visit);
    }

    private void constraint(Xml constraint) {
        StringBuilder trait = new StringBuilder(constraint.name.substring("rsc_".length()));
        for (String name :
                new String[] {"kind", "rsc-role", "with-rsc-role", "role", "node-attribute", "first-action"}) {
            String value = constraint.attributes.get(name);
            trait.append(value == null ? "" : " " + name + "=" + value);
        }
        String score = constraint.attributes.getOrDefault("score", "");
        trait.append(
                score.isEmpty() ? "" : score.contains("INFINITY") ? " " + score : score.startsWith("-") ? " -n" : " n");
        traits.add(trait.toString());
    }

    private void nodeState(Xml state) {
        String join = state.get("join");
        if (!join.equals("member")) {
            traits.add("node " + (state.get("in_ccm").equals("true") ? "pending" : "away"));
        }
    }

    private void operation(Xml operation) {
        String task = operation.get("operation");
        String status = operation.get("op-status");
        boolean ordinary = (task.equals("monitor") || task.equals("start")) && status.equals("0");
        if (!ordinary) {
            traits.add(status.equals("0") ? task : task + (status.equals("-1") ? " pending" : " failed"));
        }
    }
}
