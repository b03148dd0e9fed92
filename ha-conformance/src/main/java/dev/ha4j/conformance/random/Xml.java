package dev.ha4j.conformance.random;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

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

    /** The elements of a text; what is written between them is left out. */
    static Xml parse(String text) throws IOException {
        try {
            return of(DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("no XML", e);
        }
    }

    private static Xml of(Element element) {
        Xml xml = new Xml(element.getTagName());
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            xml.attributes.put(
                    attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element childElement) {
                xml.children.add(of(childElement));
            }
        }
        return xml;
    }

    Xml with(String attribute, Object value) {
        attributes.put(attribute, value.toString());
        return this;
    }

    /** The value of an attribute; empty if it is not there. */
    String get(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    Xml addFirst(Xml child) {
        children.add(0, child);
        return child;
    }

    /** Adds a child and returns it. */
    Xml add(Xml child) {
        children.add(child);
        return child;
    }

    Xml add(String child, String... namesAndValues) {
        return add(new Xml(child, namesAndValues));
    }

    /** All elements below. */
    Stream<Xml> descendants() {
        return children.stream().flatMap(child -> Stream.concat(Stream.of(child), child.descendants()));
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
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;");
    }
}
