package dev.ha4j.resources;

import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.Expression.AllOf;
import dev.ha4j.api.config.Expression.AnyOf;
import dev.ha4j.api.config.Expression.Attribute;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Evaluates the expressions of rules. */
final class RuleEvaluation {

    private RuleEvaluation() {}

    static boolean holds(Expression expression, Map<String, String> attributes) {
        if (expression instanceof AllOf all) {
            return all.parts().stream().allMatch(part -> holds(part, attributes));
        }
        if (expression instanceof AnyOf any) {
            return any.parts().stream().anyMatch(part -> holds(part, attributes));
        }
        if (expression instanceof Attribute attribute) {
            return holds(attribute, attributes.get(attribute.name()));
        }
        throw new AssertionError(expression);
    }

    /** A missing attribute is unequal to anything, and neither less nor greater. */
    private static boolean holds(Attribute attribute, @Nullable String actual) {
        if (actual == null) {
            return switch (attribute.comparison()) {
                case NOT_DEFINED, NOT_EQUAL -> true;
                default -> false;
            };
        }
        int order = compare(actual, attribute.value());
        return switch (attribute.comparison()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case DEFINED -> true;
            case NOT_DEFINED -> false;
        };
    }

    private static int compare(String left, String right) {
        OptionalDouble leftNumber = number(left);
        OptionalDouble rightNumber = number(right);
        if (leftNumber.isPresent() && rightNumber.isPresent()) {
            return Double.compare(leftNumber.getAsDouble(), rightNumber.getAsDouble());
        }
        return left.compareToIgnoreCase(right);
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
