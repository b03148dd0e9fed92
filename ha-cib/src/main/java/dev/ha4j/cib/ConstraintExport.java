package dev.ha4j.cib;

import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Constraint.ResourceSet;
import java.util.List;

/** Constraints of all kinds. */
final class ConstraintExport {
    private final XmlText xml;
    private final SetExport sets;

    ConstraintExport(XmlText xml, SetExport sets) {
        this.xml = xml;
        this.sets = sets;
    }

    void write(List<Constraint> constraints) {
        for (Constraint constraint : constraints) {
            xml.begin(element(constraint)).set("id", constraint.id());
            constraint.attributes().forEach((name, value) -> {
                if (!name.equals("id")) {
                    xml.set(name, value);
                }
            });
            constraint.sets().forEach(this::set);
            if (constraint instanceof Constraint.Location location) {
                rule(location);
            }
            xml.end();
        }
    }

    private static String element(Constraint constraint) {
        if (constraint instanceof Constraint.Location) {
            return "rsc_location";
        }
        if (constraint instanceof Constraint.Colocation) {
            return "rsc_colocation";
        }
        return constraint instanceof Constraint.Order ? "rsc_order" : "rsc_ticket";
    }

    /** A location that names its node can have a rule for its lifetime only. */
    private void rule(Constraint.Location location) {
        if (location.rule() == null) {
            return;
        }
        if (location.get("node") == null) {
            sets.rule(location.rule());
        } else {
            xml.begin("lifetime");
            sets.rule(location.rule());
            xml.end();
        }
    }

    private void set(ResourceSet set) {
        xml.begin("resource_set");
        if (sets.ids().isKnown("resource_set", set.id(), set)) {
            xml.set("id-ref", set.id()).end();
            return;
        }
        xml.set(set.attributes());
        set.references()
                .forEach(reference ->
                        xml.begin("resource_ref").set("id", reference).end());
        xml.end();
    }
}
