package dev.ha4j.api.config;

import java.util.Objects;

/**
 * Which action comes before which ({@code rsc_order}).
 *
 * @param id name
 * @param first the resource whose action comes first
 * @param firstAction start, stop, promote or demote
 * @param then the resource whose action waits
 * @param thenAction start, stop, promote or demote
 * @param kind how strictly
 * @param symmetrical whether the inverse actions run in the reverse order
 */
public record OrderConstraint(
        String id,
        String first,
        OperationName firstAction,
        String then,
        OperationName thenAction,
        Kind kind,
        boolean symmetrical)
        implements Constraint {

    /** How strictly an order is kept. */
    public enum Kind {
        MANDATORY,
        OPTIONAL,
        SERIALIZE
    }

    public OrderConstraint {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(firstAction, "firstAction");
        Objects.requireNonNull(then, "then");
        Objects.requireNonNull(thenAction, "thenAction");
        Objects.requireNonNull(kind, "kind");
    }

    public OrderConstraint kind(Kind newKind) {
        return new OrderConstraint(id, first, firstAction, then, thenAction, newKind, symmetrical);
    }

    public OrderConstraint asymmetrical() {
        return new OrderConstraint(id, first, firstAction, then, thenAction, kind, false);
    }
}
