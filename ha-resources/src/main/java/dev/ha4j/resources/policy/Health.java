package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.List;
import java.util.Map;

/** Turns the health of nodes into scores for them. */
final class Health {
    private Health() {}

    static void run(Model model) {
        if (model.options.healthStrategy == Options.HealthStrategy.NONE) {
            return;
        }
        for (Node node : model.nodes) {
            int health = of(model, node);
            if (health == 0) {
                continue;
            }
            for (Resource resource : model.resources) {
                if (health > 0 || !resource.is("allow-unhealthy-nodes")) {
                    add(model, resource, node, health);
                }
            }
        }
    }

    private static int of(Model model, Node node) {
        int health = model.options.healthBase;
        for (Map.Entry<String, String> attribute : node.attributes.entrySet()) {
            if (attribute.getKey().startsWith("#health")) {
                health = Scores.add(health, model.options.score(attribute.getValue(), 0));
            }
        }
        return health;
    }

    private static void add(Model model, Resource resource, Node node, int health) {
        model.add(new Location(
                "#health", resource, Role.UNKNOWN, NodeTable.PROBE_ALWAYS, List.of(new Location.Entry(node, health))));
    }
}
