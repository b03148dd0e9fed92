package dev.ha4j.resources.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition made of conditions.
 *
 * @param id its name
 * @param anyOf whether one of the conditions is enough
 * @param valid false if it can't be understood: then it is never satisfied
 * @param score what a location constraint gives where it is satisfied
 * @param scoreAttribute node attribute to take the score from instead
 * @param role role that the location constraint is about
 * @param conditions none means satisfied
 */
public record Rule(
        String id,
        boolean anyOf,
        boolean valid,
        @Nullable String score,
        @Nullable String scoreAttribute,
        @Nullable String role,
        List<Condition> conditions) {
    public Rule {
        conditions = List.copyOf(conditions);
    }

    /** One condition. */
    public sealed interface Condition {}

    /** A rule within a rule. */
    public record Nested(Rule rule) implements Condition {}

    /** Compares a node attribute. Texts are as written; what can't be understood makes it false. */
    public record OnAttribute(
            @Nullable String attribute,
            @Nullable String operation,
            @Nullable String value,
            @Nullable String valueSource,
            @Nullable String type)
            implements Condition {}

    /** Compares the time. {@code duration} and {@code spec} are fields by their names. */
    public record OnDate(
            @Nullable String operation,
            @Nullable String start,
            @Nullable String end,
            @Nullable Map<String, String> duration,
            @Nullable Map<String, String> spec)
            implements Condition {}

    /** Is about a kind of resource; null matches all. */
    public record OnResource(
            @Nullable String standard,
            @Nullable String provider,
            @Nullable String type) implements Condition {}

    /** Is about an operation; a null interval matches all. */
    public record OnOperation(
            @Nullable String name, @Nullable String interval) implements Condition {}

    /** Something unknown: never satisfied. */
    public record Unknown() implements Condition {}
}
