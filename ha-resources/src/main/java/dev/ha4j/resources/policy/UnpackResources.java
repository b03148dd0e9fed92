package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Scores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configured resources, with their instances. */
final class UnpackResources {
    private final Model model;

    /** What the instances of each clone inherit. */
    private final Map<CloneResource, Chain> belowClones = new LinkedHashMap<>();

    UnpackResources(Model model) {
        this.model = model;
    }

    void run() {
        model.input.resources().forEach(this::add);
        if (model.hasRemoteNodes) {
            RemoteNodes.guestConnections(model.input.resources()).forEach(this::addConnection);
            RemoteNodes.link(model);
        }
        model.resources.sort(Comparator.comparingInt((Resource resource) -> resource.priority)
                .reversed());
        model.fenceDeviceExists =
                model.options.haveWatchdog || model.leaves().stream().anyMatch(Primitive::isFenceDevice);
    }

    private void add(ResourceEntry entry) {
        Resource resource = top(entry);
        if (resource != null) {
            model.resources.add(resource);
            model.register(resource);
        }
    }

    /** One that is configured by its own name goes before one that is implied. */
    private void addConnection(ResourceEntry.Primitive connection) {
        if (model.find(connection.id()) == null) {
            add(connection);
        }
    }

    private @Nullable Resource top(ResourceEntry entry) {
        if (entry instanceof ResourceEntry.Primitive primitive) {
            return primitive(primitive, null, primitive.id(), Chain.NONE);
        }
        if (entry instanceof ResourceEntry.Group group) {
            return group(group, null, group.id(), Chain.NONE);
        }
        if (entry instanceof ResourceEntry.Bundle bundle) {
            return new UnpackBundle(model, this).make(bundle);
        }
        return clone((ResourceEntry.Clone) entry, null, Chain.NONE);
    }

    /** The ancestors whose meta attributes a resource inherits: their sets first, their values last. */
    record Chain(@Nullable Chain up, @Nullable Ancestor ancestor) {
        static final Chain NONE = new Chain(null, null);

        Chain with(List<AttributeSet> sets, Map<String, String> values) {
            return new Chain(this, new Ancestor(sets, values));
        }
    }

    record Ancestor(List<AttributeSet> sets, Map<String, String> values) {}

    Map<String, String> meta(ResourceEntry entry, ResourceKind kind, Chain chain) {
        RuleInput input = RuleInput.of(kind);
        Map<String, String> meta = new LinkedHashMap<>();
        entry.attributes().forEach((name, value) -> {
            if (!value.equalsIgnoreCase("#default")) {
                meta.put(name, value);
            }
        });
        model.sets.readInto(meta, entry.meta(), input);
        for (Chain up = chain; up != null && up.ancestor() != null; up = up.up()) {
            model.sets.readInto(meta, up.ancestor().sets(), input);
        }
        model.sets.readInto(meta, model.input.resourceDefaults(), input);
        if (chain.ancestor() != null) {
            chain.ancestor().values().forEach((name, value) -> {
                if (!value.equalsIgnoreCase("#default")) {
                    meta.putIfAbsent(name, value);
                }
            });
        }
        return meta;
    }

    Primitive primitive(ResourceEntry.Primitive entry, @Nullable Resource parent, String id, Chain chain) {
        ResourceKind kind = ResourceKind.of(entry.attributes());
        Map<String, String> meta = meta(entry, kind, chain);
        Primitive primitive = new Primitive(
                id, entry.id(), parent, meta, new NodeTable(model.nodes), kind, entry.operations(), entry.parameters());
        common(primitive);
        if (kind.isRemoteConnection()) {
            connection(primitive);
        }
        requires(primitive);
        model.sets
                .read(entry.utilization(), RuleInput.NOTHING)
                .forEach((name, value) -> primitive.utilization.put(name, (int) Text.integer(value, 0)));
        String template = entry.template();
        if (template != null) {
            List<String> made = model.templates.computeIfAbsent(template, name -> new ArrayList<>());
            if (!made.contains(entry.id())) {
                made.add(entry.id());
            }
        }
        return primitive;
    }

    /** Q: a connection moves while it is up unless it leads to a guest; one that leads to a guest may go to any node. */
    private void connection(Primitive connection) {
        if (connection.meta.containsKey(RemoteNodes.CONTAINER)) {
            if (!model.options.symmetric) {
                allowEverywhere(connection);
            }
            return;
        }
        if (!connection.meta.containsKey("allow-migrate")) {
            connection.allowMigrate = true;
        }
        String interval = connection.parameters(model.sets, null).get("reconnect_interval");
        if (interval != null) {
            connection.reconnectSeconds = Text.intervalSeconds(interval);
            connection.failureTimeoutSeconds = connection.reconnectSeconds;
        }
    }

    private @Nullable Group group(ResourceEntry.Group entry, @Nullable Resource parent, String id, Chain chain) {
        ResourceKind kind = ResourceKind.of(entry.attributes());
        Map<String, String> meta = meta(entry, kind, chain);
        Group group = new Group(id, entry.id(), parent, meta, new NodeTable(model.nodes), entry.parameters());
        common(group);
        Chain below = chain.with(entry.meta(), meta);
        String suffix = id.substring(entry.id().length());
        for (ResourceEntry.Primitive member : entry.members()) {
            boolean rejected =
                    group.promotable && !ResourceKind.of(member.attributes()).mayBePromotable();
            if (!rejected) {
                group.members.add(primitive(member, group, member.id() + suffix, below));
            }
        }
        return group.members.isEmpty() ? null : group;
    }

    @Nullable
    CloneResource clone(ResourceEntry.Clone entry, @Nullable Resource parent, Chain chain) {
        ResourceKind kind = ResourceKind.of(entry.attributes());
        Map<String, String> meta = meta(entry, kind, chain);
        CloneResource clone = new CloneResource(
                entry.id(), parent, meta, new NodeTable(model.nodes), entry.parameters(), entry.child());
        clone.promotable = clone.is("promotable");
        if (clone.promotable && !anyMayBePromotable(entry.child())) {
            return null;
        }
        counts(clone);
        clone.ordered = clone.is("ordered");
        clone.interleave = clone.is("interleave");
        common(clone);
        clone.meta.putIfAbsent("resource-stickiness", "1");
        clone.meta.put("globally-unique", Boolean.toString(clone.unique));
        belowClones.put(clone, chain.with(entry.meta(), clone.meta));
        for (int i = 0; i < clone.max; i++) {
            addInstance(clone, false);
        }
        if (clone.max == 0) {
            addInstance(clone, true);
        }
        return clone;
    }

    private static boolean anyMayBePromotable(ResourceEntry child) {
        return child instanceof ResourceEntry.Group group
                ? group.members().stream()
                        .anyMatch(member -> ResourceKind.of(member.attributes()).mayBePromotable())
                : ResourceKind.of(child.attributes()).mayBePromotable();
    }

    private void counts(CloneResource clone) {
        Map<String, String> meta = clone.meta;
        clone.max = Text.atLeast(meta.get("clone-max"), Math.max(1, model.knownNodes()), 0);
        clone.maxPerNode = Text.atLeast(meta.get("clone-node-max"), 1, 0);
        clone.promotedMax = Text.atLeast(meta.getOrDefault("promoted-max", meta.get("master-max")), 1, 0);
        clone.promotedMaxPerNode =
                Text.atLeast(meta.getOrDefault("promoted-node-max", meta.get("master-node-max")), 1, 0);
        String unique = meta.get("globally-unique");
        clone.unique = unique == null ? clone.maxPerNode > 1 : Text.isTrue(unique);
        if (clone.unique && !mayBeUnique(clone.child)) {
            clone.unique = false;
            clone.max = Math.min(clone.max, model.knownNodes());
        }
        if (!clone.unique) {
            clone.maxPerNode = 1;
        }
    }

    private static boolean mayBeUnique(ResourceEntry child) {
        return child instanceof ResourceEntry.Group group
                ? group.members().stream()
                        .allMatch(member -> ResourceKind.of(member.attributes()).mayBeUnique())
                : ResourceKind.of(child.attributes()).mayBeUnique();
    }

    /** Adds one more instance; one beyond the maximum is removed from the configuration already. */
    @Nullable
    Resource addInstance(CloneResource clone, boolean removed) {
        String suffix = ":" + clone.instanceCount++;
        Chain chain = belowClones.getOrDefault(clone, Chain.NONE);
        ResourceEntry child = clone.child;
        Resource instance = child instanceof ResourceEntry.Group group
                ? group(group, clone, group.id() + suffix, chain)
                : primitive((ResourceEntry.Primitive) child, clone, child.id() + suffix, chain);
        if (instance != null) {
            clone.instances.add(instance);
            instance.forEach(each -> each.removed = removed);
        }
        return instance;
    }

    /** A resource that only the history knows. */
    Primitive removed(String id, Map<String, String> attributes) {
        Map<String, String> configured = new LinkedHashMap<>();
        for (String name : List.of("id", "class", "provider", "type")) {
            String value = attributes.get(name);
            if (value != null) {
                configured.put(name, value);
            }
        }
        Primitive removed = primitive(
                new ResourceEntry.Primitive(id, configured, List.of(), List.of(), List.of(), List.of(), null),
                null,
                id,
                Chain.NONE);
        removed.removed = true;
        if (removed.kind.isRemoteConnection()) {
            leave(removed, attributes);
        }
        model.fenceDeviceExists |= removed.isFenceDevice();
        model.resources.add(removed);
        model.register(removed);
        return removed;
    }

    /** A node whose connection is not configured any more is about to go. */
    private void leave(Primitive connection, Map<String, String> attributes) {
        connection.launchedOnce = attributes.containsKey(RemoteNodes.CONTAINER);
        model.node(connection.id).filter(node -> node.remote).ifPresent(node -> {
            node.late = false;
            RemoteNodes.connect(model, connection);
            node.shuttingDown = true;
        });
    }

    void common(Resource resource) {
        Map<String, String> meta = resource.meta;
        resource.priority = model.options.score(meta.get("priority"), 0);
        resource.configuredPriority = resource.priority;
        resource.critical = meta.get("critical") == null || Text.isTrue(meta.get("critical"));
        resource.notify = resource.is("notify");
        resource.allowMigrate = resource.is("allow-migrate");
        resource.stickiness = model.options.score(meta.get("resource-stickiness"), 0);
        resource.migrationThreshold = threshold(meta.get("migration-threshold"));
        resource.failureTimeoutSeconds = Text.intervalSeconds(meta.get("failure-timeout"));
        resource.multipleActive = multipleActive(meta.getOrDefault("multiple-active", ""));
        if (resource.parent != null && !(resource.parent instanceof Bundle)) {
            resource.unique = resource.parent.unique;
            resource.promotable = resource.parent.promotable;
        }
        managed(resource);
        nextRole(resource);
        table(resource);
    }

    private int threshold(@Nullable String text) {
        int value = model.options.score(text, Scores.INFINITY);
        return value < 0 ? Scores.INFINITY : value;
    }

    private static Resource.MultipleActive multipleActive(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "stop_only" -> Resource.MultipleActive.STOP_ONLY;
            case "block" -> Resource.MultipleActive.BLOCK;
            case "stop_unexpected" -> Resource.MultipleActive.STOP_UNEXPECTED;
            default -> Resource.MultipleActive.STOP_START;
        };
    }

    private void managed(Resource resource) {
        String text = resource.meta.get("is-managed");
        if (text != null && !text.equalsIgnoreCase("default")) {
            resource.managed = Text.isTrue(text);
        }
        if (resource.is("maintenance") || model.options.maintenance) {
            resource.managed = false;
            resource.maintenance = true;
        }
    }

    private static void nextRole(Resource resource) {
        resource.nextRole = TargetRole.of(resource).orElse(Role.UNKNOWN);
    }

    private void table(Resource resource) {
        if (model.options.symmetric) {
            allowEverywhere(resource);
        }
    }

    private void allowEverywhere(Resource resource) {
        for (Node node : model.nodes) {
            if (!node.late && !node.closed) {
                resource.table.insert(node, node.score);
            }
        }
    }

    private void requires(Primitive primitive) {
        String text = primitive.meta.getOrDefault("requires", "").toLowerCase(Locale.ROOT);
        boolean device = primitive.isFenceDevice();
        boolean fencing = model.options.fencingEnabled;
        String value = switch (text) {
            case "nothing", "quorum" -> text;
            case "fencing" -> fencing ? text : "quorum";
            case "unfencing" -> device || !fencing ? "quorum" : text;
            default -> defaultRequirement(device || primitive.kind.isRemoteConnection());
        };
        primitive.needsQuorum = value.equals("quorum");
        primitive.needsFencing = value.equals("fencing") || value.equals("unfencing");
        primitive.needsUnfencing = value.equals("unfencing");
    }

    private String defaultRequirement(boolean quorumOnly) {
        if (quorumOnly) {
            return "quorum";
        }
        if (model.input.header().unfencing() && model.options.fencingEnabled) {
            return "unfencing";
        }
        if (model.options.fencingEnabled) {
            return "fencing";
        }
        return model.options.quorumPolicy == Options.QuorumPolicy.IGNORE ? "nothing" : "quorum";
    }
}
