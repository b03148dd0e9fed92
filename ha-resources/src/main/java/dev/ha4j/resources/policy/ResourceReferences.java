package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Constraint.ResourceSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the names in constraints stand for: resources, or all that a tag or a template names. */
final class ResourceReferences {
    private final Model model;

    ResourceReferences(Model model) {
        this.model = model;
    }

    @Nullable
    Resource resource(@Nullable String id) {
        return model.findForConstraint(id);
    }

    /** The members of a tag or a template; null if the name is neither. */
    @Nullable
    List<String> members(@Nullable String name) {
        if (name == null || resource(name) != null) {
            return null;
        }
        List<String> made = model.templates.get(name);
        return made != null ? made : model.input.tags().get(name);
    }

    /** A set with tags and templates replaced by what they stand for. */
    ResourceSet expand(ResourceSet set) {
        List<String> references = new ArrayList<>();
        for (String reference : set.references()) {
            List<String> members = members(reference);
            if (members == null) {
                references.add(reference);
            } else {
                references.addAll(members);
            }
        }
        return new ResourceSet(set.id(), set.attributes(), references);
    }

    List<ResourceSet> expand(List<ResourceSet> sets) {
        return sets.stream().map(this::expand).toList();
    }

    List<Resource> resources(ResourceSet set) {
        List<Resource> resources = new ArrayList<>();
        for (String reference : set.references()) {
            Resource found = resource(reference);
            if (found != null) {
                resources.add(found);
            }
        }
        return resources;
    }

    /** Makes a set of one side of a simple constraint. */
    ResourceSet asSet(@Nullable String name, Map<String, @Nullable String> attributes) {
        List<String> members = members(name);
        Map<String, String> kept = new LinkedHashMap<>();
        attributes.forEach((attribute, value) -> {
            if (value != null) {
                kept.put(attribute, value);
            }
        });
        if (members != null) {
            kept.put("sequential", "false");
        }
        String id = name == null ? "" : name;
        return new ResourceSet(id, kept, members == null ? List.of(id) : members);
    }

    boolean isMany(@Nullable String name) {
        return members(name) != null;
    }
}
