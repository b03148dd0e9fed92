package dev.ha4j.api.config;

import java.util.List;
import java.util.Objects;

/** A condition on a node. */
public sealed interface Expression {

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
}
