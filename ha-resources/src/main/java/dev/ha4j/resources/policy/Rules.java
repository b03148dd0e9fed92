package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Rule;
import dev.ha4j.resources.config.Scores;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Decides whether rules are satisfied, and remembers when time alone may change that. */
final class Rules {
    private final OffsetDateTime now;
    private final Recheck recheck;

    Rules(OffsetDateTime now, Recheck recheck) {
        this.now = now;
        this.recheck = recheck;
    }

    boolean satisfied(@Nullable Rule rule, RuleInput input) {
        if (rule == null) {
            return true;
        }
        if (!rule.valid()) {
            return false;
        }
        for (Rule.Condition condition : rule.conditions()) {
            if (holds(condition, input) == rule.anyOf()) {
                return rule.anyOf();
            }
        }
        return rule.conditions().isEmpty() || !rule.anyOf();
    }

    private boolean holds(Rule.Condition condition, RuleInput input) {
        if (condition instanceof Rule.Nested nested) {
            return satisfied(nested.rule(), input);
        }
        if (condition instanceof Rule.OnAttribute attribute) {
            return holds(attribute, input);
        }
        if (condition instanceof Rule.OnDate date) {
            return holds(date);
        }
        if (condition instanceof Rule.OnResource resource) {
            return holds(resource, input.kind());
        }
        return condition instanceof Rule.OnOperation operation && holds(operation, input);
    }

    private static boolean holds(Rule.OnResource wanted, @Nullable ResourceKind kind) {
        return kind != null
                && (wanted.standard() == null || wanted.standard().equals(kind.standard()))
                && (wanted.provider() == null || wanted.provider().equals(kind.provider()))
                && (wanted.type() == null || wanted.type().equals(kind.type()));
    }

    private static boolean holds(Rule.OnOperation wanted, RuleInput input) {
        if (wanted.name() == null || !wanted.name().equals(input.operation())) {
            return false;
        }
        if (wanted.interval() == null) {
            return true;
        }
        boolean readable = wanted.interval().startsWith("P")
                || Text.millis(wanted.interval()).isPresent();
        return readable && Text.intervalMillis(wanted.interval()) == input.intervalMillis();
    }

    private static boolean holds(Rule.OnAttribute expression, RuleInput input) {
        String name = input.expand(expression.attribute());
        if (name == null || expression.operation() == null) {
            return false;
        }
        String operation = expression.operation().toLowerCase(Locale.ROOT);
        String actual =
                input.nodeAttributes() == null ? null : input.nodeAttributes().get(name);
        if (operation.equals("defined") || operation.equals("not_defined")) {
            return expression.value() == null && (actual != null) == operation.equals("defined");
        }
        if (expression.value() == null) {
            return false;
        }
        return compare(operation, actual, reference(expression, input), expression.type());
    }

    private static @Nullable String reference(Rule.OnAttribute expression, RuleInput input) {
        String value = Objects.requireNonNull(expression.value());
        Map<String, String> source = "param".equals(expression.valueSource())
                ? input.parameters()
                : "meta".equals(expression.valueSource()) ? input.meta() : null;
        boolean literal =
                expression.valueSource() == null || expression.valueSource().equals("literal");
        return literal ? value : source == null ? null : source.get(value);
    }

    private static boolean compare(
            String operation, @Nullable String actual, @Nullable String reference, @Nullable String type) {
        boolean ordered = !operation.equals("eq") && !operation.equals("ne");
        if (ordered && (actual == null || reference == null)) {
            return false;
        }
        String used = type != null ? type : defaultType(ordered, actual, reference);
        int order = compare(actual, reference, used);
        return switch (operation) {
            case "eq" -> order == 0;
            case "ne" -> order != 0;
            case "lt" -> order < 0;
            case "lte" -> order <= 0;
            case "gt" -> order > 0;
            case "gte" -> order >= 0;
            default -> false;
        };
    }

    private static String defaultType(boolean ordered, @Nullable String actual, @Nullable String reference) {
        if (!ordered) {
            return "string";
        }
        boolean point =
                (actual != null && actual.indexOf('.') >= 0) || (reference != null && reference.indexOf('.') >= 0);
        return point ? "number" : "integer";
    }

    /** Q: an absent value is less than any other, and equal to another absent one. */
    private static int compare(@Nullable String actual, @Nullable String reference, String type) {
        if (actual == null || reference == null) {
            return (actual == null ? 0 : 1) - (reference == null ? 0 : 1);
        }
        switch (type) {
            case "integer" -> {
                OptionalLong a = Scores.parseLong(actual);
                OptionalLong b = Scores.parseLong(reference);
                if (a.isPresent() && b.isPresent()) {
                    return Long.compare(a.getAsLong(), b.getAsLong());
                }
            }
            case "number" -> {
                Optional<Double> a = number(actual);
                Optional<Double> b = number(reference);
                if (a.isPresent() && b.isPresent()) {
                    return Double.compare(a.get(), b.get());
                }
            }
            case "version" -> {
                return Text.compareVersions(actual, reference);
            }
            default -> {}
        }
        return actual.compareToIgnoreCase(reference);
    }

    private static Optional<Double> number(String text) {
        var matcher = java.util.regex.Pattern.compile("\\s*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?")
                .matcher(text);
        return matcher.lookingAt() ? Optional.of(Double.parseDouble(matcher.group())) : Optional.empty();
    }

    private boolean holds(Rule.OnDate date) {
        String operation =
                date.operation() == null ? "in_range" : date.operation().toLowerCase(Locale.ROOT);
        Optional<OffsetDateTime> start = parse(date.start());
        Optional<OffsetDateTime> end = parse(date.end());
        return switch (operation) {
            case "in_range" -> inRange(date, start, end);
            case "gt" -> start.isPresent() && after(start.get());
            case "lt" -> end.isPresent() && before(end.get());
            case "date_spec" -> date.spec() != null && Dates.matches(date.spec(), now);
            default -> false;
        };
    }

    private Optional<OffsetDateTime> parse(@Nullable String text) {
        return text == null ? Optional.empty() : Dates.parse(text, now.toInstant());
    }

    private boolean inRange(Rule.OnDate date, Optional<OffsetDateTime> start, Optional<OffsetDateTime> end) {
        if ((date.start() != null && start.isEmpty()) || (date.end() != null && end.isEmpty())) {
            return false;
        }
        if (start.isEmpty() && end.isEmpty()) {
            return false;
        }
        Optional<OffsetDateTime> until = end;
        if (end.isEmpty() && date.duration() != null && start.isPresent()) {
            until = Optional.of(Dates.plus(start.get(), date.duration()));
        }
        if (start.isPresent() && now.isBefore(start.get())) {
            recheck.at(start.get().toEpochSecond());
            return false;
        }
        if (until.isPresent()) {
            if (now.isAfter(until.get())) {
                return false;
            }
            recheck.at(until.get().toEpochSecond() + 1);
        }
        return true;
    }

    private boolean after(OffsetDateTime start) {
        if (now.isAfter(start)) {
            return true;
        }
        recheck.at(start.toEpochSecond() + 1);
        return false;
    }

    private boolean before(OffsetDateTime end) {
        if (!now.isBefore(end)) {
            return false;
        }
        recheck.at(end.toEpochSecond());
        return true;
    }
}
