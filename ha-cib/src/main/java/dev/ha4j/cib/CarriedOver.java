package dev.ha4j.cib;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sections of a document that no plan depends on: access lists, alerts, fencing levels. They are kept as they were, so that they
 * are written again with what is made of the rest.
 */
public final class CarriedOver {

    static final List<String> SECTIONS = List.of("acls", "alerts", "fencing-topology");

    static final CarriedOver NOTHING = new CarriedOver(List.of());

    private final List<Element> sections;

    private CarriedOver(List<Element> sections) {
        this.sections = sections;
    }

    static CarriedOver from(Element configuration) {
        return new CarriedOver(configuration.children.stream()
                .filter(child -> SECTIONS.contains(child.name))
                .toList());
    }

    /** Names of the sections, in their order. */
    public List<String> names() {
        return sections.stream().map(section -> section.name).toList();
    }

    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        sections.forEach(section -> collectIds(section, ids));
        return ids;
    }

    private static void collectIds(Element element, Set<String> ids) {
        ids.add(element.id());
        element.children.forEach(child -> collectIds(child, ids));
    }

    void write(XmlText xml) {
        sections.forEach(section -> write(section, xml));
    }

    private static void write(Element element, XmlText xml) {
        xml.begin(element.name).set(element.attributes);
        element.children.forEach(child -> write(child, xml));
        xml.end();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CarriedOver that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** As they are written. */
    @Override
    public String toString() {
        XmlText xml = new XmlText();
        write(xml);
        return xml.toString();
    }
}
