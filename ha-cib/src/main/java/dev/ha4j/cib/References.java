package dev.ha4j.cib;

import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the elements that an {@code id-ref} stands for: the same kind of element, with that id. */
final class References {
    private final Map<String, Element> elements = new LinkedHashMap<>();

    References(Element root) {
        add(root);
    }

    private void add(Element element) {
        if (!element.id().isEmpty()) {
            elements.putIfAbsent(element.name + ' ' + element.id(), element);
        }
        element.children.forEach(this::add);
    }

    Element resolve(Element element) {
        String reference = element.get("id-ref");
        return reference == null ? element : elements.getOrDefault(element.name + ' ' + reference, element);
    }
}
