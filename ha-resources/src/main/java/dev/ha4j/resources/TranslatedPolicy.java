package dev.ha4j.resources;

import dev.ha4j.api.Score;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.policy.NodeAttributesRead;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a configuration comes to in Pacemaker's terms. It is the same for all states that have this configuration, but for calendars. */
final class TranslatedPolicy {

    final ClusterPolicy policy;
    final Map<String, ConfiguredPrimitive> primitives;
    final ConstraintTranslation references;
    final List<AttributeSet> options;
    final List<AttributeSet> resourceDefaults;
    final List<ResourceEntry> resources;
    final List<Constraint> constraints;
    final NodeAttributesRead attributesRead;

    /** By the name of a node, the primitives that need more than the weakest of its devices proves. */
    private final SortedMap<String, SortedSet<String>> insufficient = new TreeMap<>();

    private final RuleTranslation rules;

    TranslatedPolicy(ClusterPolicy policy, Instant now) {
        this.policy = policy;
        rules = new RuleTranslation(now, policy.options().recheckInterval());
        primitives = ConfiguredPrimitive.of(policy);
        references = new ConstraintTranslation(policy, primitives, rules);
        options = options(policy);
        resourceDefaults = resourceDefaults(policy.options());
        ResourceTranslation translation =
                new ResourceTranslation(primitives, policy.nodes().size(), rules);
        resources = policy.resources().stream().map(translation::translate).toList();
        constraints = List.copyOf(references.translate());
        attributesRead = NodeAttributesRead.by(resources, constraints);
        policy.fencing().forEach(this::weigh);
    }

    /** Devices are none of the resources; that there are any is said by a watchdog. */
    private static List<AttributeSet> options(ClusterPolicy policy) {
        ClusterOptions options = policy.options();
        return new Attributes()
                .put("cluster-name", policy.clusterName())
                .put("have-watchdog", true)
                .put("fencing-enabled", options.fencingEnabled())
                .put("fencing-action", "off")
                .put("startup-fencing", false)
                .put("symmetric-cluster", options.symmetric())
                .put("maintenance-mode", options.maintenance())
                .put("placement-strategy", ResourceTranslation.lower(options.placement()))
                .putAll(health(options.health()))
                .sets("cib-bootstrap-options");
    }

    private static Map<String, String> health(HealthOptions health) {
        return new Attributes()
                .put(
                        "node-health-strategy",
                        ResourceTranslation.lower(health.strategy()).replace('_', '-'))
                .put("node-health-base", health.base().value())
                .put("node-health-red", health.red().value())
                .put("node-health-yellow", health.yellow().value())
                .put("node-health-green", health.green().value())
                .map();
    }

    private static List<AttributeSet> resourceDefaults(ClusterOptions options) {
        Score stickiness = options.defaultStickiness();
        return new Attributes()
                .putIf(stickiness.value() != 0, "resource-stickiness", stickiness.value())
                .sets("rsc-defaults");
    }

    /** Whether it is the same at that time; where calendars are asked they are asked anew. */
    boolean holdsAt(Instant now) {
        return rules.isTimeless(now);
    }

    /** When the first of the calendars changes. */
    Optional<Instant> nextChange() {
        return rules.nextChange();
    }

    private void weigh(FencePath path) {
        for (String target : path.targets()) {
            SortedSet<String> names = insufficient.computeIfAbsent(target, name -> new TreeSet<>());
            primitives.values().stream()
                    .filter(primitive ->
                            !path.proofLevel().satisfies(primitive.spec().meta().requires()))
                    .forEach(primitive -> names.add(primitive.name()));
        }
    }

    /** The primitives that need more than the weakest of the node's devices proves; none if it has no device. */
    SortedSet<String> insufficientFor(String node) {
        return insufficient.getOrDefault(node, Collections.emptySortedSet());
    }
}
