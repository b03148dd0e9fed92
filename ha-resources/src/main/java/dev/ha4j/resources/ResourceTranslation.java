package dev.ha4j.resources;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.OnFail;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OperationSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.api.config.RuledOptions;
import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Says in Pacemaker's terms what resources are configured. */
final class ResourceTranslation {

    /** What carries out operations here, as an agent's name. The class has to be one that can be promoted. */
    static final Map<String, String> AGENT = agent();

    private final Map<String, ConfiguredPrimitive> primitives;
    private final int nodeCount;
    private final RuleTranslation rules;

    ResourceTranslation(Map<String, ConfiguredPrimitive> primitives, int nodeCount, RuleTranslation rules) {
        this.primitives = primitives;
        this.nodeCount = nodeCount;
        this.rules = rules;
    }

    private static Map<String, String> agent() {
        Map<String, String> agent = new LinkedHashMap<>();
        agent.put("class", "ocf");
        agent.put("provider", "ha4j");
        agent.put("type", "Resource");
        return agent;
    }

    ResourceEntry translate(ResourceSpec resource) {
        if (resource instanceof Primitive primitive) {
            return primitive(primitive);
        }
        Attributes meta = meta(resource.meta());
        if (resource instanceof Group group) {
            List<ResourceEntry.Primitive> members =
                    group.members().stream().map(this::primitive).toList();
            return new ResourceEntry.Group(
                    group.id(), Map.of("id", group.id()), meta.sets(group.id()), List.of(), members);
        }
        Clone clone = (Clone) resource;
        spread(meta, clone.options());
        return new ResourceEntry.Clone(
                clone.id(), Map.of("id", clone.id()), meta.sets(clone.id()), List.of(), translate(clone.child()));
    }

    private ResourceEntry.Primitive primitive(Primitive primitive) {
        ConfiguredPrimitive configured = Objects.requireNonNull(primitives.get(primitive.id()));
        Attributes meta = meta(primitive.meta())
                .put("is-managed", configured.isManaged())
                .put("target-role", targetRole(configured));
        Map<String, String> attributes = new LinkedHashMap<>(AGENT);
        attributes.put("id", primitive.id());
        List<AttributeSet> metas = new ArrayList<>(meta.sets(primitive.id()));
        List<AttributeSet> parameters =
                new ArrayList<>(Attributes.of(primitive.parameters()).sets(primitive.id() + "-parameters"));
        ruled(primitive, metas, parameters);
        return new ResourceEntry.Primitive(
                primitive.id(),
                attributes,
                metas,
                parameters,
                Attributes.of(primitive.utilization()).sets(primitive.id() + "-utilization"),
                primitive.operations().stream()
                        .filter(ResourceTranslation::isCarriedOut)
                        .map(ResourceTranslation::operation)
                        .toList(),
                null);
    }

    /** What holds now and then comes before what always does, and the later before the earlier. */
    private void ruled(Primitive primitive, List<AttributeSet> metas, List<AttributeSet> parameters) {
        int score = 0;
        for (RuledOptions ruled : primitive.ruled()) {
            String id = primitive.id() + "-rule-" + ++score;
            Rule rule = rules.of(id, ruled.when());
            Attributes meta = new Attributes();
            ruled.stickiness().ifPresent(value -> meta.put("resource-stickiness", value.value()));
            metas.addAll(meta.sets(id, score, rule));
            parameters.addAll(Attributes.of(ruled.parameters()).sets(id, score, rule));
        }
    }

    /** The target role is the highest that a resource may have; in Pacemaker, started lets it be promoted. */
    private static String targetRole(ConfiguredPrimitive primitive) {
        if (!primitive.isWanted()) {
            return "Stopped";
        }
        boolean held = primitive.isPromotable()
                && primitive.targetRole().filter(role -> role != Role.PROMOTED).isPresent();
        return held ? "Unpromoted" : "Started";
    }

    /** What is not named is inherited from what is around. */
    private static Attributes meta(MetaOptions options) {
        MetaOptions defaults = MetaOptions.DEFAULTS;
        Attributes meta = new Attributes()
                .putIf(!options.managed(), "is-managed", false)
                .putIf(options.priority() != 0, "priority", options.priority())
                .putIf(
                        !options.migrationThreshold().equals(defaults.migrationThreshold()),
                        "migration-threshold",
                        options.migrationThreshold())
                .putIf(
                        !options.failureTimeout().isZero(),
                        "failure-timeout",
                        options.failureTimeout().toMillis() + "ms")
                .putIf(
                        options.multipleActive() != defaults.multipleActive(),
                        "multiple-active",
                        lower(options.multipleActive()))
                .putIf(!options.critical(), "critical", false)
                .putIf(options.allowMigrate(), "allow-migrate", true)
                .putIf(options.allowUnhealthyNodes(), "allow-unhealthy-nodes", true);
        options.stickiness().map(Score::value).ifPresent(value -> meta.put("resource-stickiness", value));
        return meta;
    }

    private void spread(Attributes meta, CloneOptions options) {
        meta.put("clone-max", options.max().orElse(nodeCount))
                .put("clone-node-max", options.nodeMax())
                .put("globally-unique", options.globallyUnique())
                .put("promotable", options.promotable())
                .put("interleave", options.interleave())
                .putIf(options.ordered(), "ordered", true) // false would be inherited by a group
                .putIf(options.notifications(), "notify", true)
                .putIf(options.min() > 0, "clone-min", options.min());
        if (options.promotable()) {
            meta.put("promoted-max", options.promotedMax()).put("promoted-node-max", options.promotedNodeMax());
        }
    }

    /** Where a resource is stopped, nobody watches it. */
    private static boolean isCarriedOut(OperationSpec operation) {
        return operation.role().filter(role -> role == Role.STOPPED).isEmpty();
    }

    private static OperationEntry operation(OperationSpec operation) {
        Attributes attributes = new Attributes()
                .put("name", lower(operation.name()))
                .put("interval", operation.interval().toMillis() + "ms")
                .putIf(!operation.enabled(), "enabled", false)
                .putIf(isHeeded(operation), "on-fail", lower(operation.onFail()));
        operation.role().ifPresent(role -> attributes.put("role", words(role)));
        operation.timeout().ifPresent(timeout -> attributes.put("timeout", timeout.toMillis() + "ms"));
        return new OperationEntry(attributes.map(), List.of(), List.of());
    }

    /** After a stop that failed nothing helps that would have to stop it again. */
    private static boolean isHeeded(OperationSpec operation) {
        OnFail onFail = operation.onFail();
        boolean fits = onFail == OnFail.BLOCK || onFail == OnFail.FENCE || onFail == OnFail.IGNORE;
        return onFail != OnFail.DEFAULT && (operation.name() != OperationName.STOP || fits);
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String words(Role role) {
        return role.name().charAt(0) + role.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
