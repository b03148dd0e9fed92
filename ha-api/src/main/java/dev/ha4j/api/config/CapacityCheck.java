package dev.ha4j.api.config;

import java.util.Map;

/** What resources need and what nodes have: that amounts are possible, and that somebody looks at them. */
record CapacityCheck(ClusterPolicy policy, Check check) {

    void run() {
        for (NodeSpec node : policy.nodes()) {
            node.capacity().forEach((what, amount) -> amount("node " + node.name() + ": capacity " + what, amount));
        }
        policy.primitives().forEach(this::primitive);
        boolean needed = policy.primitives()
                .anyMatch(primitive -> !primitive.utilization().isEmpty());
        if (needed && policy.options().placement() == PlacementStrategy.DEFAULT) {
            check.wrong(
                    "placement",
                    "is DEFAULT, so nobody looks at what resources need",
                    "options(... .withPlacement(PlacementStrategy.BALANCED)), UTILIZATION or MINIMAL");
        }
    }

    private void primitive(Primitive primitive) {
        String where = "resource " + primitive.id();
        primitive.utilization().forEach((what, amount) -> amount(where + ": need of " + what, amount));
        if (!primitive.utilization().isEmpty()
                && policy.options().placement() != PlacementStrategy.DEFAULT
                && policy.nodes().stream().noneMatch(node -> hasRoom(node, primitive))) {
            check.wrong(
                    where,
                    "needs " + words(primitive) + ", and no node has that",
                    "give a node more with NodeSpec.of(...).capacity(what, amount), or have it use less");
        }
    }

    private static boolean hasRoom(NodeSpec node, Primitive primitive) {
        return primitive.utilization().entrySet().stream()
                .allMatch(need -> node.capacity().getOrDefault(need.getKey(), 0) >= need.getValue());
    }

    private static String words(Primitive primitive) {
        return primitive.utilization().entrySet().stream()
                .map((Map.Entry<String, Integer> need) -> need.getValue() + " of " + need.getKey())
                .reduce((left, right) -> left + " and " + right)
                .orElse("nothing");
    }

    private void amount(String where, int amount) {
        check.range(where, amount, 0, Integer.MAX_VALUE);
    }
}
