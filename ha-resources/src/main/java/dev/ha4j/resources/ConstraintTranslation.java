package dev.ha4j.resources;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.ColocationConstraint;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.Expression.AllOf;
import dev.ha4j.api.config.Expression.AnyOf;
import dev.ha4j.api.config.Expression.Comparison;
import dev.ha4j.api.config.LocationConstraint;
import dev.ha4j.api.config.OrderConstraint;
import dev.ha4j.api.config.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in Pacemaker's terms what constraints are configured. */
final class ConstraintTranslation {

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private final ClusterPolicy policy;
    private final Map<String, String> references = new LinkedHashMap<>();

    ConstraintTranslation(ClusterPolicy policy, Map<String, ConfiguredPrimitive> primitives) {
        this.policy = policy;
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
                location.rules().forEach(rule -> all.add(location(location, rule)));
            } else if (constraint instanceof ColocationConstraint colocation) {
                all.add(colocation(colocation));
            } else if (constraint instanceof OrderConstraint order) {
                all.add(order(order));
            }
        }
        return all;
    }

    private dev.ha4j.resources.config.Constraint location(LocationConstraint location, Rule rule) {
        Attributes attributes = new Attributes().put("rsc", reference(location.resource()));
        location.role().ifPresent(role -> attributes.put("role", ResourceTranslation.words(role)));
        if (rule.expression() instanceof Expression.Attribute attribute
                && attribute.name().equals(Expression.NODE_NAME)
                && attribute.comparison() == Comparison.EQUAL
                && policy.node(attribute.value()).isPresent()) {
            attributes.put("node", attribute.value()).put("score", rule.score().value());
            return new dev.ha4j.resources.config.Constraint.Location(location.id(), attributes.map(), null, List.of());
        }
        dev.ha4j.resources.config.Rule translated = rule(
                location.id(), false, Integer.toString(rule.score().value()), List.of(condition(rule.expression())));
        return new dev.ha4j.resources.config.Constraint.Location(
                location.id(), attributes.map(), translated, List.of());
    }

    private static dev.ha4j.resources.config.Rule rule(
            String id,
            boolean anyOf,
            @Nullable String score,
            List<dev.ha4j.resources.config.Rule.Condition> conditions) {
        return new dev.ha4j.resources.config.Rule(id, anyOf, true, score, null, null, conditions);
    }

    private static dev.ha4j.resources.config.Rule.Condition condition(Expression expression) {
        if (expression instanceof AllOf all) {
            return nested(false, all.parts());
        }
        return expression instanceof AnyOf any
                ? nested(true, any.parts())
                : comparison((Expression.Attribute) expression);
    }

    private static dev.ha4j.resources.config.Rule.Condition nested(boolean anyOf, List<Expression> parts) {
        if (parts.isEmpty() && anyOf) {
            return new dev.ha4j.resources.config.Rule.Unknown();
        }
        return new dev.ha4j.resources.config.Rule.Nested(rule(
                "",
                anyOf,
                null,
                parts.stream().map(ConstraintTranslation::condition).toList()));
    }

    /** Numbers are compared as numbers, whatever the comparison. */
    private static dev.ha4j.resources.config.Rule.Condition comparison(Expression.Attribute attribute) {
        boolean exists =
                attribute.comparison() == Comparison.DEFINED || attribute.comparison() == Comparison.NOT_DEFINED;
        String value = exists ? null : attribute.value();
        String type = value == null ? null : NUMBER.matcher(value.strip()).matches() ? "number" : "string";
        return new dev.ha4j.resources.config.Rule.OnAttribute(
                attribute.name(), word(attribute.comparison()), value, null, type);
    }

    private static String word(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "eq";
            case NOT_EQUAL -> "ne";
            case LESS -> "lt";
            case LESS_OR_EQUAL -> "lte";
            case GREATER -> "gt";
            case GREATER_OR_EQUAL -> "gte";
            case DEFINED -> "defined";
            case NOT_DEFINED -> "not_defined";
        };
    }

    private dev.ha4j.resources.config.Constraint colocation(ColocationConstraint colocation) {
        Attributes attributes = new Attributes()
                .put("rsc", reference(colocation.dependent()))
                .put("with-rsc", reference(colocation.primary()))
                .put("score", colocation.score().value());
        colocation.dependentRole().ifPresent(role -> attributes.put("rsc-role", ResourceTranslation.words(role)));
        colocation.primaryRole().ifPresent(role -> attributes.put("with-rsc-role", ResourceTranslation.words(role)));
        return new dev.ha4j.resources.config.Constraint.Colocation(colocation.id(), attributes.map(), List.of());
    }

    private dev.ha4j.resources.config.Constraint order(OrderConstraint order) {
        Attributes attributes = new Attributes()
                .put("first", reference(order.first()))
                .put("first-action", order.firstAction().name().toLowerCase(Locale.ROOT))
                .put("then", reference(order.then()))
                .put("then-action", order.thenAction().name().toLowerCase(Locale.ROOT))
                .put("kind", order.kind().name().toLowerCase(Locale.ROOT))
                .put("symmetrical", order.symmetrical());
        return new dev.ha4j.resources.config.Constraint.Order(order.id(), attributes.map(), List.of());
    }
}
