package dev.ha4j.cib;

import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Constraint.ResourceSet;
import dev.ha4j.resources.config.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Constraints of all kinds. */
final class ConstraintImport {
    private final SetImport sets;
    private final List<String> findings;

    ConstraintImport(SetImport sets, List<String> findings) {
        this.sets = sets;
        this.findings = findings;
    }

    List<Constraint> read(List<Element> elements) {
        List<Constraint> constraints = new ArrayList<>();
        for (Element element : elements) {
            if (element.id().isEmpty()) {
                findings.add(element.describe() + ": a constraint needs an id; it is ignored");
                continue;
            }
            switch (element.name) {
                case "rsc_location" -> locations(element, constraints);
                case "rsc_colocation" ->
                    constraints.add(new Constraint.Colocation(element.id(), element.attributes, sets(element)));
                case "rsc_order" ->
                    constraints.add(new Constraint.Order(element.id(), element.attributes, sets(element)));
                case "rsc_ticket" ->
                    constraints.add(new Constraint.Ticket(element.id(), element.attributes, sets(element)));
                default -> findings.add(element.describe() + ": this kind of constraint is unknown; it is ignored");
            }
        }
        return constraints;
    }

    /** Several rules in one constraint are as many constraints. */
    private void locations(Element element, List<Constraint> constraints) {
        @Nullable
        Rule lifetime = element.child("lifetime")
                .flatMap(child -> child.child("rule"))
                .map(sets::rule)
                .orElse(null);
        List<Element> rules = element.children("rule");
        if (rules.isEmpty()) {
            constraints.add(location(element, element.id(), lifetime));
        }
        for (int i = 0; i < rules.size(); i++) {
            String id = rules.size() == 1 ? element.id() : element.id() + "-" + i;
            constraints.add(location(element, id, both(sets.rule(rules.get(i)), lifetime)));
        }
    }

    private Constraint location(Element element, String id, @Nullable Rule rule) {
        return new Constraint.Location(id, element.attributes, rule, sets(element));
    }

    private static Rule both(Rule rule, @Nullable Rule lifetime) {
        if (lifetime == null) {
            return rule;
        }
        return new Rule(
                rule.id() + "-in-its-lifetime",
                false,
                rule.valid(),
                rule.score(),
                rule.scoreAttribute(),
                rule.role(),
                List.of(new Rule.Nested(rule), new Rule.Nested(lifetime)));
    }

    private List<ResourceSet> sets(Element element) {
        return element.children("resource_set").stream()
                .map(sets::resolve)
                .map(set -> new ResourceSet(
                        set.id(),
                        set.attributes,
                        set.children("resource_ref").stream().map(Element::id).toList()))
                .toList();
    }
}
