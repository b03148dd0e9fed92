package dev.ha4j.resources;

import dev.ha4j.api.Score;
import dev.ha4j.api.config.Calendar;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.Expression.AllOf;
import dev.ha4j.api.config.Expression.AnyOf;
import dev.ha4j.api.config.Expression.Comparison;
import dev.ha4j.api.config.Expression.During;
import dev.ha4j.resources.config.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says in Pacemaker's terms what expressions ask. Calendars are asked here: Pacemaker's know no time zone, and nobody would look at
 * them again when they change.
 */
final class RuleTranslation {

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private final Instant now;
    private final Instant horizon;
    private Optional<Instant> nextChange = Optional.empty();
    private boolean asked;

    /** @param recheckInterval after which there is another plan anyway */
    RuleTranslation(Instant now, Duration recheckInterval) {
        this.now = now;
        this.horizon = now.plus(recheckInterval);
    }

    /** When the first of the calendars that were asked changes; known after the translation. */
    Optional<Instant> nextChange() {
        return nextChange;
    }

    /** Whether what was translated says the same at that time; known after the translation. */
    boolean isTimeless(Instant other) {
        return !asked || other.equals(now);
    }

    Rule scored(String id, Score score, Expression expression) {
        return rule(id, false, Integer.toString(score.value()), List.of(condition(expression)));
    }

    Rule of(String id, Expression expression) {
        return rule(id, false, null, List.of(condition(expression)));
    }

    private static Rule rule(String id, boolean anyOf, @Nullable String score, List<Rule.Condition> conditions) {
        return new Rule(id, anyOf, true, score, null, null, conditions);
    }

    private Rule.Condition condition(Expression expression) {
        if (expression instanceof AllOf all) {
            return nested(false, all.parts());
        }
        if (expression instanceof AnyOf any) {
            return nested(true, any.parts());
        }
        if (expression instanceof During during) {
            return during(during);
        }
        return expression instanceof Calendar calendar
                ? calendar(calendar)
                : comparison((Expression.Attribute) expression);
    }

    private Rule.Condition nested(boolean anyOf, List<Expression> parts) {
        if (parts.isEmpty() && anyOf) {
            return new Rule.Unknown();
        }
        return new Rule.Nested(
                rule("", anyOf, null, parts.stream().map(this::condition).toList()));
    }

    private static Rule.Condition during(During during) {
        return new Rule.OnDate("in_range", text(during.from()), text(during.until()), null, null);
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(null);
    }

    /** A rule without conditions is satisfied. */
    private Rule.Condition calendar(Calendar calendar) {
        asked = true;
        calendar.nextChange(now, horizon)
                .filter(change ->
                        nextChange.filter(known -> known.isBefore(change)).isEmpty())
                .ifPresent(change -> nextChange = Optional.of(change));
        return calendar.holds(now) ? new Rule.Nested(rule("", false, null, List.of())) : new Rule.Unknown();
    }

    /** Numbers are compared as numbers, whatever the comparison. */
    private static Rule.Condition comparison(Expression.Attribute attribute) {
        boolean exists =
                attribute.comparison() == Comparison.DEFINED || attribute.comparison() == Comparison.NOT_DEFINED;
        String value = exists ? null : attribute.value();
        String type = value == null ? null : NUMBER.matcher(value.strip()).matches() ? "number" : "string";
        return new Rule.OnAttribute(attribute.name(), word(attribute.comparison()), value, null, type);
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
}
