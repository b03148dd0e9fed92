package dev.ha4j.resources;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.ColocationConstraint;
import dev.ha4j.api.config.ColocationSet;
import dev.ha4j.api.config.ColocationSets;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.Expression.Comparison;
import dev.ha4j.api.config.LocationConstraint;
import dev.ha4j.api.config.OrderConstraint;
import dev.ha4j.api.config.OrderSet;
import dev.ha4j.api.config.OrderSets;
import dev.ha4j.api.config.Rule;
import dev.ha4j.api.config.TicketConstraint;
import dev.ha4j.resources.config.Constraint.ResourceSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says in Pacemaker's terms what constraints are configured. */
final class ConstraintTranslation {

    private final ClusterPolicy policy;
    private final RuleTranslation rules;
    private final Map<String, String> references = new LinkedHashMap<>();

    ConstraintTranslation(ClusterPolicy policy, Map<String, ConfiguredPrimitive> primitives, RuleTranslation rules) {
        this.policy = policy;
        this.rules = rules;
        primitives
                .values()
                .forEach(primitive -> primitive.inClone().ifPresent(clone -> {
                    references.put(primitive.name(), clone.id());
                    references.put(clone.child().id(), clone.id());
                }));
    }

    /** What a constraint means by a name: of what is in a clone, the clone. */
    String reference(String name) {
        return references.getOrDefault(name, name);
    }

    List<dev.ha4j.resources.config.Constraint> translate() {
        List<dev.ha4j.resources.config.Constraint> all = new ArrayList<>();
        for (Constraint constraint : policy.constraints()) {
            if (constraint instanceof LocationConstraint location) {
                location.resources()
                        .forEach(resource ->
                                location.rules().forEach(rule -> all.add(location(location, resource, rule))));
            } else if (constraint instanceof ColocationConstraint colocation) {
                all.add(colocation(colocation));
            } else if (constraint instanceof ColocationSets sets) {
                all.add(colocation(sets));
            } else if (constraint instanceof OrderConstraint order) {
                all.add(order(order));
            } else if (constraint instanceof OrderSets sets) {
                all.add(order(sets));
            } else if (constraint instanceof TicketConstraint ticket) {
                all.add(ticket(ticket));
            }
        }
        return all;
    }

    private dev.ha4j.resources.config.Constraint location(LocationConstraint location, String resource, Rule rule) {
        Attributes attributes = new Attributes()
                .put("rsc", reference(resource))
                .put("resource-discovery", ResourceTranslation.lower(location.discovery()));
        location.role().ifPresent(role -> attributes.put("role", ResourceTranslation.words(role)));
        if (rule.expression() instanceof Expression.Attribute attribute
                && attribute.name().equals(Expression.NODE_NAME)
                && attribute.comparison() == Comparison.EQUAL
                && policy.node(attribute.value()).isPresent()) {
            attributes.put("node", attribute.value()).put("score", rule.score().value());
            return new dev.ha4j.resources.config.Constraint.Location(location.id(), attributes.map(), null, List.of());
        }
        dev.ha4j.resources.config.Rule translated = rules.scored(location.id(), rule.score(), rule.expression());
        return new dev.ha4j.resources.config.Constraint.Location(
                location.id(), attributes.map(), translated, List.of());
    }

    private dev.ha4j.resources.config.Constraint colocation(ColocationConstraint colocation) {
        Attributes attributes = new Attributes()
                .put("rsc", reference(colocation.dependent()))
                .put("with-rsc", reference(colocation.primary()))
                .put("score", colocation.score().value());
        colocation.dependentRole().ifPresent(role -> attributes.put("rsc-role", ResourceTranslation.words(role)));
        colocation.primaryRole().ifPresent(role -> attributes.put("with-rsc-role", ResourceTranslation.words(role)));
        colocation.nodeAttribute().ifPresent(attribute -> attributes.put("node-attribute", attribute));
        colocation.influence().ifPresent(influence -> attributes.put("influence", influence));
        return new dev.ha4j.resources.config.Constraint.Colocation(colocation.id(), attributes.map(), List.of());
    }

    private dev.ha4j.resources.config.Constraint colocation(ColocationSets colocation) {
        List<ResourceSet> sets = new ArrayList<>();
        for (ColocationSet set : colocation.sets()) {
            Attributes attributes = new Attributes().put("sequential", set.sequential());
            set.role().ifPresent(role -> attributes.put("role", ResourceTranslation.words(role)));
            sets.add(set(colocation.id() + "-" + sets.size(), attributes, set.resources()));
        }
        Attributes attributes = new Attributes().put("score", colocation.score().value());
        return new dev.ha4j.resources.config.Constraint.Colocation(colocation.id(), attributes.map(), sets);
    }

    private ResourceSet set(String id, Attributes attributes, List<String> resources) {
        return new ResourceSet(
                id, attributes.map(), resources.stream().map(this::reference).toList());
    }

    private dev.ha4j.resources.config.Constraint order(OrderSets order) {
        List<ResourceSet> sets = new ArrayList<>();
        for (OrderSet set : order.sets()) {
            Attributes attributes = new Attributes()
                    .put("action", ResourceTranslation.lower(set.action()))
                    .put("sequential", set.sequential())
                    .put("require-all", set.requireAll());
            sets.add(set(order.id() + "-" + sets.size(), attributes, set.resources()));
        }
        Attributes attributes = new Attributes()
                .put("kind", ResourceTranslation.lower(order.kind()))
                .put("symmetrical", order.symmetrical());
        return new dev.ha4j.resources.config.Constraint.Order(order.id(), attributes.map(), sets);
    }

    private dev.ha4j.resources.config.Constraint ticket(TicketConstraint ticket) {
        Attributes role = new Attributes();
        ticket.role().ifPresent(value -> role.put("role", ResourceTranslation.words(value)));
        Attributes attributes = new Attributes().put("ticket", ticket.ticket());
        ticket.onLoss().ifPresent(policy -> attributes.put("loss-policy", ResourceTranslation.lower(policy)));
        return new dev.ha4j.resources.config.Constraint.Ticket(
                ticket.id(), attributes.map(), List.of(set(ticket.id() + "-0", role, ticket.resources())));
    }

    private dev.ha4j.resources.config.Constraint order(OrderConstraint order) {
        Attributes attributes = new Attributes()
                .put("first", reference(order.first()))
                .put("first-action", order.firstAction().name().toLowerCase(Locale.ROOT))
                .put("then", reference(order.then()))
                .put("then-action", order.thenAction().name().toLowerCase(Locale.ROOT))
                .put("kind", order.kind().name().toLowerCase(Locale.ROOT))
                .put("symmetrical", order.symmetrical())
                .putIf(!order.requireAll(), "require-all", false);
        return new dev.ha4j.resources.config.Constraint.Order(order.id(), attributes.map(), List.of());
    }
}
