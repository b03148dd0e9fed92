package dev.ha4j.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An element of the document, with the line on which it begins. */
final class Element {
    final String name;
    final int line;
    final Map<String, String> attributes;
    final List<Element> children = new ArrayList<>(0);

    Element(String name, int line, Map<String, String> attributes) {
        this.name = name;
        this.line = line;
        this.attributes = attributes;
    }

    Element copyWith(String id) {
        Map<String, String> changed = new LinkedHashMap<>(attributes);
        changed.put("id", id);
        Element copy = new Element(name, line, changed);
        copy.children.addAll(children);
        return copy;
    }

    boolean is(String expected) {
        return name.equals(expected);
    }

    @Nullable
    String get(String attribute) {
        return attributes.get(attribute);
    }

    String get(String attribute, String absent) {
        return attributes.getOrDefault(attribute, absent);
    }

    String id() {
        return get("id", "");
    }

    List<Element> children(String expected) {
        return children.stream().filter(child -> child.is(expected)).toList();
    }

    Optional<Element> child(String expected) {
        return children.stream().filter(child -> child.is(expected)).findFirst();
    }

    /** The children of the child with this name; none if it is not there. */
    List<Element> under(String expected) {
        return child(expected).map(child -> child.children).orElse(List.of());
    }

    String describe() {
        return "<" + name + (id().isEmpty() ? "" : " id=\"" + id() + "\"") + "> in line " + line;
    }
}
