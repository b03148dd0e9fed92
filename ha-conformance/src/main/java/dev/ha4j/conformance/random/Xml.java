package dev.ha4j.conformance.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An element that is being made, or taken apart again. */
final class Xml {
    final String name;
    final Map<String, String> attributes = new LinkedHashMap<>();
    final List<Xml> children = new ArrayList<>();

    Xml(String name, String... namesAndValues) {
        this.name = name;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    Xml with(String attribute, Object value) {
        attributes.put(attribute, value.toString());
        return this;
    }

    /** The value of an attribute; empty if it is not there. */
    String get(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** Adds a child and returns it. */
    Xml add(Xml child) {
        children.add(child);
        return child;
    }

    Xml add(String child, String... namesAndValues) {
        return add(new Xml(child, namesAndValues));
    }

    /** Adds a set of names and values; nothing if there is none. */
    void addSet(String kind, String id, Map<String, String> values) {
        if (!values.isEmpty()) {
            Xml set = add(kind, "id", id);
            values.forEach((key, value) ->
                    set.add("nvpair", "id", id + "-" + key.replaceAll("[#:]", "."), "name", key, "value", value));
        }
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out, "");
        return out.toString();
    }

    private void write(StringBuilder out, String indent) {
        out.append(indent).append('<').append(name);
        attributes.forEach((key, value) ->
                out.append(' ').append(key).append("=\"").append(escaped(value)).append('"'));
        if (children.isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append(">\n");
        children.forEach(child -> child.write(out, indent + " "));
        out.append(indent).append("</").append(name).append(">\n");
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
