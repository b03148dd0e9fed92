package dev.ha4j.api.config;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words that constraints are written with, for static import. Names are made from what a constraint says. */
public final class Constraints {

    private Constraints() {}

    /** {@code location("front").prefers("a", 100).avoids("c")}. */
    public static LocationConstraint location(String resource) {
        return new LocationConstraint("location-" + resource, resource, Optional.empty(), List.of());
    }

    /** {@code colocate("vip").with("pg", PROMOTED)}. */
    public static Colocate colocate(String dependent) {
        return new Colocate(dependent, Optional.empty());
    }

    public static Colocate colocate(String dependent, Role role) {
        return new Colocate(dependent, Optional.of(role));
    }

    /** {@code order("ledger").then("api")}: both are started in this order and stopped in the reverse one. */
    public static Order order(String first) {
        return new Order(first, OperationName.START);
    }

    /** {@code order().promote("pg").thenStart("vip")}. */
    public static OrderFirst order() {
        return new OrderFirst();
    }

    /** The first half of a colocation. */
    public record Colocate(String dependent, Optional<Role> role) {

        public ColocationConstraint with(String primary) {
            return with(primary, Optional.empty());
        }

        public ColocationConstraint with(String primary, Role primaryRole) {
            return with(primary, Optional.of(primaryRole));
        }

        public ColocationConstraint apartFrom(String primary) {
            return with(primary).score(Score.MIN);
        }

        private ColocationConstraint with(String primary, Optional<Role> primaryRole) {
            String id = "colocation-" + dependent + "-" + primary;
            return new ColocationConstraint(id, dependent, role, primary, primaryRole, Score.INFINITY);
        }
    }

    /** Chooses the action that comes first. */
    public record OrderFirst() {

        public Order start(String resource) {
            return new Order(resource, OperationName.START);
        }

        public Order promote(String resource) {
            return new Order(resource, OperationName.PROMOTE);
        }

        public Order demote(String resource) {
            return new Order(resource, OperationName.DEMOTE);
        }

        public Order stop(String resource) {
            return new Order(resource, OperationName.STOP);
        }
    }

    /** The first half of an order. */
    public record Order(String first, OperationName action) {

        public OrderConstraint then(String resource) {
            return then(resource, action);
        }

        public OrderConstraint thenStart(String resource) {
            return then(resource, OperationName.START);
        }

        public OrderConstraint thenPromote(String resource) {
            return then(resource, OperationName.PROMOTE);
        }

        public OrderConstraint thenStop(String resource) {
            return then(resource, OperationName.STOP);
        }

        private OrderConstraint then(String resource, OperationName thenAction) {
            String id = ("order-" + action + "-" + first + "-" + thenAction + "-" + resource).toLowerCase(Locale.ROOT);
            return new OrderConstraint(id, first, action, resource, thenAction, OrderConstraint.Kind.MANDATORY, true);
        }
    }
}
