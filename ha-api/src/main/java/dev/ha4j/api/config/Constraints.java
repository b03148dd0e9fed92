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
    public static LocationConstraint location(String... resources) {
        String id = "location-" + String.join("-", resources);
        return new LocationConstraint(
                id, List.of(resources), Optional.empty(), List.of(), LocationConstraint.Discovery.ALWAYS);
    }

    /** {@code colocate("vip").with("pg", PROMOTED)}. */
    public static Colocate colocate(String dependent) {
        return new Colocate(dependent, Optional.empty());
    }

    public static Colocate colocate(String dependent, Role role) {
        return new Colocate(dependent, Optional.of(role));
    }

    /** {@code colocate(each("web", "mail")).with(chain("db", "vip"))}: the first words are placed by the last. */
    public static ColocationSets colocate(ColocationSet dependents) {
        return ColocationSets.of(List.of(dependents));
    }

    /** {@code order(inParallel("disk", "net")).then(inOrder("db", "api"))}. */
    public static OrderSets order(OrderSet first) {
        return OrderSets.of(List.of(first));
    }

    /** {@code ticket("site").guards("pg", PROMOTED).onLoss(FENCE)}. */
    public static Ticket ticket(String name) {
        return new Ticket(name);
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
            return new ColocationConstraint(
                    id, dependent, role, primary, primaryRole, Score.INFINITY, Optional.empty(), Optional.empty());
        }
    }

    /** A ticket, of which is to be said what it is for. */
    public record Ticket(String name) {

        /** Without the ticket they don't run. */
        public TicketConstraint guards(String... resources) {
            return guards(Optional.empty(), resources);
        }

        /** Without the ticket it doesn't run in this role. */
        public TicketConstraint guards(String resource, Role role) {
            return guards(Optional.of(role), resource);
        }

        private TicketConstraint guards(Optional<Role> role, String... resources) {
            String id = "ticket-" + name + "-" + String.join("-", resources);
            return new TicketConstraint(id, name, List.of(resources), role, Optional.empty());
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
            return new OrderConstraint(
                    id, first, action, resource, thenAction, OrderConstraint.Kind.MANDATORY, true, true);
        }
    }
}
