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
 * @param requireAll whether, where the first is a clone, all of its instances have to be done, or any one ({@code require-all})
 */
public record OrderConstraint(
        String id,
        String first,
        OperationName firstAction,
        String then,
        OperationName thenAction,
        Kind kind,
        boolean symmetrical,
        boolean requireAll)
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
        return changed(id, newKind, symmetrical, requireAll);
    }

    public OrderConstraint asymmetrical() {
        return changed(id, kind, false, requireAll);
    }

    /** One instance of the clone that comes first is enough. */
    public OrderConstraint anyInstance() {
        return changed(id, kind, symmetrical, false);
    }

    public OrderConstraint named(String newId) {
        return changed(newId, kind, symmetrical, requireAll);
    }

    private OrderConstraint changed(String newId, Kind newKind, boolean newSymmetrical, boolean newRequireAll) {
        return new OrderConstraint(newId, first, firstAction, then, thenAction, newKind, newSymmetrical, newRequireAll);
    }
}
