package dev.ha4j.cib;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Scores;
import dev.ha4j.resources.policy.BundleExpansion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resources, with their templates merged into them. */
final class ResourceImport {
    private static final List<String> CONTAINERS = List.of("docker", "podman");

    private final SetImport sets;
    private final List<String> findings;
    private final Map<String, Element> templates = new LinkedHashMap<>();

    ResourceImport(SetImport sets, List<String> findings) {
        this.sets = sets;
        this.findings = findings;
    }

    List<ResourceEntry> read(List<Element> elements) {
        for (Element element : elements) {
            if (element.is("template")) {
                templates.putIfAbsent(element.id(), element);
            }
        }
        List<ResourceEntry> resources = new ArrayList<>();
        for (Element element : elements) {
            if (!element.is("template")) {
                resource(element).ifPresent(resources::add);
            }
        }
        return resources;
    }

    private Optional<ResourceEntry> resource(Element written) {
        Element element = sets.resolve(written);
        if (element.id().isEmpty()) {
            return refuse(element, "a resource needs an id");
        }
        return switch (element.name) {
            case "primitive" -> primitive(element).map(ResourceEntry.class::cast);
            case "group" -> group(element);
            case "clone", "master" -> clone(element);
            case "bundle" -> bundle(element);
            default -> refuse(element, "this kind of resource is not supported; it is left out");
        };
    }

    private <T> Optional<T> refuse(Element element, String what) {
        findings.add(element.describe() + ": " + what);
        return Optional.empty();
    }

    private Optional<ResourceEntry.Primitive> primitive(Element own) {
        String template = own.get("template");
        Element merged = own;
        if (template != null) {
            Element found = templates.get(template);
            if (found == null || template.equals(own.id())) {
                return refuse(own, "there is no template " + template);
            }
            merged = merge(found, own);
        }
        return Optional.of(new ResourceEntry.Primitive(
                own.id(),
                merged.attributes,
                sets.read(merged, "meta_attributes"),
                sets.read(merged, "instance_attributes"),
                sets.read(merged, "utilization"),
                operations(merged).stream()
                        .filter(op -> op.is("op"))
                        .map(this::operation)
                        .toList(),
                template));
    }

    private List<Element> operations(Element resource) {
        return resource.child("operations")
                .map(sets::resolve)
                .map(found -> found.children)
                .orElse(List.of());
    }

    private Element merge(Element template, Element own) {
        Element merged = template.copyWith(own.id());
        merged.children.removeIf(child -> child.is("operations"));
        for (Element child : own.children) {
            if (!child.is("operations")) {
                merged.children.add(child);
            }
        }
        Element operations = new Element("operations", own.line, Map.of());
        operations.children.addAll(operations(own));
        Set<String> taken = new LinkedHashSet<>();
        operations.children.forEach(op -> taken.add(key(op)));
        for (Element op : operations(template)) {
            if (!taken.contains(key(op))) {
                operations.children.add(op);
            }
        }
        merged.children.add(operations);
        return merged;
    }

    /** Q: operations are told apart by name and role alone; the interval plays no part. */
    private static String key(Element op) {
        String role = op.get("role", "Started").toLowerCase(Locale.ROOT);
        boolean usual = List.of("started", "unpromoted", "slave").contains(role);
        return op.get("name", "") + '-' + (usual ? "started" : role);
    }

    private OperationEntry operation(Element written) {
        Element op = sets.resolve(written);
        return new OperationEntry(
                op.attributes, sets.read(op, "meta_attributes"), sets.read(op, "instance_attributes"));
    }

    private Optional<ResourceEntry> group(Element element) {
        List<ResourceEntry.Primitive> members = new ArrayList<>();
        for (Element child : element.children) {
            if (child.is("primitive")) {
                primitive(sets.resolve(child)).ifPresent(members::add);
            }
        }
        if (members.isEmpty()) {
            return refuse(element, "a group needs a primitive");
        }
        return Optional.of(new ResourceEntry.Group(
                element.id(),
                element.attributes,
                sets.read(element, "meta_attributes"),
                sets.read(element, "instance_attributes"),
                members));
    }

    private Optional<ResourceEntry> clone(Element element) {
        Optional<ResourceEntry> child = element.children.stream()
                .filter(candidate -> candidate.is("primitive") || candidate.is("group"))
                .findFirst()
                .flatMap(this::resource);
        if (child.isEmpty()) {
            return refuse(element, "a clone needs a primitive or a group");
        }
        List<AttributeSet> meta = new ArrayList<>(sets.read(element, "meta_attributes"));
        if (element.is("master")) {
            meta.add(new AttributeSet(
                    element.id() + "-promotable",
                    Scores.INFINITY,
                    null,
                    List.of(new NamedValue("promotable", "true"))));
        }
        return Optional.of(new ResourceEntry.Clone(
                element.id(), element.attributes, meta, sets.read(element, "instance_attributes"), child.get()));
    }

    private Optional<ResourceEntry> bundle(Element element) {
        Optional<Element> container = element.children.stream()
                .filter(child -> CONTAINERS.contains(child.name))
                .findFirst();
        if (container.isEmpty()) {
            String unsupported = element.child("rkt").isPresent() ? "; rkt is not supported" : "";
            return refuse(element, "a bundle needs <docker> or <podman>" + unsupported + "; it is left out");
        }
        Optional<Element> primitive = element.child("primitive");
        Optional<ResourceEntry.Primitive> child = primitive.map(sets::resolve).flatMap(this::primitive);
        if (primitive.isPresent() && child.isEmpty()) {
            return refuse(element, "what is to run inside can't be read; the bundle is left out");
        }
        Optional<Element> network = element.child("network");
        ResourceEntry.Bundle bundle = new ResourceEntry.Bundle(
                element.id(),
                element.attributes,
                sets.read(element, "meta_attributes"),
                container.get().name,
                container.get().attributes,
                network.map(found -> found.attributes).orElse(Map.of()),
                attributes(element.under("network"), "port-mapping"),
                attributes(element.under("storage"), "storage-mapping"),
                child.orElse(null));
        return BundleExpansion.flaw(bundle)
                .<Optional<ResourceEntry>>map(flaw -> refuse(element, flaw + "; the bundle is left out"))
                .orElse(Optional.of(bundle));
    }

    private static List<Map<String, String>> attributes(List<Element> elements, String kind) {
        return elements.stream()
                .filter(each -> each.is(kind))
                .map(each -> each.attributes)
                .toList();
    }
}
