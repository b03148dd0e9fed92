package dev.ha4j.api.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * In which order sets of resources are started or promoted ({@code rsc_order} with {@code resource_set}s):
 * {@code order(inParallel("disk", "net")).then(inOrder("db", "api"))}.
 *
 * @param id name
 * @param sets each waits for the one before it
 * @param kind how strictly
 * @param symmetrical whether the inverse actions run in the reverse order
 */
public record OrderSets(String id, List<OrderSet> sets, OrderConstraint.Kind kind, boolean symmetrical)
        implements Constraint {

    public OrderSets {
        Objects.requireNonNull(id, "id");
        sets = List.copyOf(sets);
        Objects.requireNonNull(kind, "kind");
    }

    static OrderSets of(List<OrderSet> sets) {
        String names = sets.stream()
                .flatMap(set -> set.resources().stream())
                .collect(Collectors.joining("-", "order-sets-", ""));
        return new OrderSets(names, sets, OrderConstraint.Kind.MANDATORY, true);
    }

    /** What comes behind all that was said before. */
    public OrderSets then(OrderSet next) {
        List<OrderSet> all = new ArrayList<>(sets);
        all.add(next);
        return new OrderSets(of(all).id(), all, kind, symmetrical);
    }

    public OrderSets then(String resource) {
        return then(OrderSet.inOrder(resource));
    }

    public OrderSets kind(OrderConstraint.Kind newKind) {
        return new OrderSets(id, sets, newKind, symmetrical);
    }

    public OrderSets asymmetrical() {
        return new OrderSets(id, sets, kind, false);
    }

    public OrderSets named(String newId) {
        return new OrderSets(newId, sets, kind, symmetrical);
    }
}
