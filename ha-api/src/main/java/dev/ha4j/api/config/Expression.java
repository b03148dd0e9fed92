package dev.ha4j.api.config;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A condition on a node, or on the time: the wall time of the designated controller, which never goes back. */
public sealed interface Expression
        permits Expression.AllOf, Expression.AnyOf, Expression.Attribute, Expression.During, Calendar {

    /** Name of the attribute that every node has: its name. */
    String NODE_NAME = "#uname";

    record AllOf(List<Expression> parts) implements Expression {
        public AllOf {
            parts = List.copyOf(parts);
        }
    }

    record AnyOf(List<Expression> parts) implements Expression {
        public AnyOf {
            parts = List.copyOf(parts);
        }
    }

    /** Compares a node attribute, as text or, where both sides are numbers, as numbers. */
    record Attribute(String name, Comparison comparison, String value) implements Expression {
        public Attribute {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(comparison, "comparison");
            Objects.requireNonNull(value, "value");
        }
    }

    /** From one instant to another, both included to the second; either may be left open, not both. */
    record During(Optional<Instant> from, Optional<Instant> until) implements Expression {
        public During {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(until, "until");
        }
    }

    /** How an attribute is compared. */
    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        DEFINED,
        NOT_DEFINED
    }

    static Expression onNode(String name) {
        return new Attribute(NODE_NAME, Comparison.EQUAL, name);
    }

    /** Whether an attribute of the node has this value. */
    static Expression attribute(String name, String value) {
        return new Attribute(name, Comparison.EQUAL, value);
    }

    static Expression from(Instant instant) {
        return new During(Optional.of(instant), Optional.empty());
    }

    static Expression until(Instant instant) {
        return new During(Optional.empty(), Optional.of(instant));
    }

    static Expression between(Instant from, Instant until) {
        return new During(Optional.of(from), Optional.of(until));
    }

    static Expression allOf(Expression... parts) {
        return new AllOf(Arrays.asList(parts));
    }

    static Expression anyOf(Expression... parts) {
        return new AnyOf(Arrays.asList(parts));
    }
}
