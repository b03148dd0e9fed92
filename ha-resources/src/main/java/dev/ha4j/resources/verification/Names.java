package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.policy.BundleExpansion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What names in a configuration stand for. */
final class Names {
    private final Map<String, ResourceEntry> resources = new LinkedHashMap<>();
    private final Map<String, ResourceEntry> parents = new LinkedHashMap<>();
    private final Map<String, List<String>> templates = new LinkedHashMap<>();
    private final Map<String, List<String>> tags;
    private final Set<String> nodes = new TreeSet<>();
    private final Set<String> connected = new TreeSet<>();
    private final Set<String> guests = new TreeSet<>();
    private final Set<String> implied = new TreeSet<>();

    Names(PolicyInput input) {
        input.resources().forEach(resource -> add(resource, null));
        tags = input.tags();
        input.nodes().forEach(node -> nodes.add(node.name()));
        for (ResourceEntry entry : resources.values()) {
            if (RemoteChecks.isConnection(entry) && !parents.containsKey(entry.id())) {
                connected.add(entry.id());
            } else {
                RemoteChecks.guestOf(entry).ifPresent(guests::add);
            }
        }
        connected.addAll(guests);
        nodes.addAll(connected);
    }

    private void add(ResourceEntry entry, @Nullable ResourceEntry parent) {
        resources.putIfAbsent(entry.id(), entry);
        if (parent != null) {
            parents.put(entry.id(), parent);
        }
        if (entry instanceof ResourceEntry.Group group) {
            group.members().forEach(member -> add(member, entry));
        } else if (entry instanceof ResourceEntry.Clone clone) {
            add(clone.child(), entry);
        } else if (entry instanceof ResourceEntry.Bundle bundle) {
            addContents(bundle);
        } else if (entry instanceof ResourceEntry.Primitive primitive && primitive.template() != null) {
            templates
                    .computeIfAbsent(primitive.template(), name -> new ArrayList<>())
                    .add(primitive.id());
        }
    }

    private void addContents(ResourceEntry.Bundle bundle) {
        if (bundle.child() != null) {
            add(bundle.child(), bundle);
        }
        implied.addAll(BundleExpansion.names(bundle));
        guests.addAll(BundleExpansion.nodes(bundle));
    }

    Map<String, ResourceEntry> resources() {
        return resources;
    }

    Optional<ResourceEntry> resource(@Nullable String id) {
        return Optional.ofNullable(id == null ? null : resources.get(id));
    }

    Set<String> nodes() {
        return nodes;
    }

    /** Remote and guest nodes. */
    Set<String> connected() {
        return connected;
    }

    /** Nodes that are launched by resources. */
    Set<String> guests() {
        return guests;
    }

    /** Whether a constraint may name this: a resource, a template, a tag, an instance of a clone, or a part of a bundle. */
    boolean isKnown(String id) {
        return resources.containsKey(id)
                || templates.containsKey(id)
                || tags.containsKey(id)
                || implied.contains(id)
                || resources.containsKey(id.replaceFirst(":\\d+$", ""));
    }

    Set<String> all() {
        Set<String> all = new TreeSet<>(resources.keySet());
        all.addAll(templates.keySet());
        all.addAll(tags.keySet());
        return all;
    }

    /** The resources that a name stands for: itself, or those of a template or a tag. */
    List<String> meant(@Nullable String name) {
        if (name == null) {
            return List.of();
        }
        if (resources.containsKey(name)) {
            return List.of(name);
        }
        List<String> many = templates.getOrDefault(name, tags.getOrDefault(name, List.of()));
        return many.stream().filter(resources::containsKey).toList();
    }

    /** The resource at the top that it is in, or itself. */
    ResourceEntry top(ResourceEntry entry) {
        ResourceEntry top = entry;
        while (parents.containsKey(top.id())) {
            top = parents.get(top.id());
        }
        return top;
    }

    Optional<ResourceEntry> parent(ResourceEntry entry) {
        return Optional.ofNullable(parents.get(entry.id()));
    }

    static boolean isPromotable(ResourceEntry entry) {
        if (entry instanceof ResourceEntry.Bundle bundle) {
            return bundle.container().containsKey("promoted-max")
                    || bundle.container().containsKey("masters");
        }
        return entry instanceof ResourceEntry.Clone
                && OptionChecks.entries(entry.meta()).stream()
                        .anyMatch(pair -> pair.name().equals("promotable") && Value.isTrue(pair.value()));
    }
}
