package dev.ha4j.api.config;

import dev.ha4j.api.Role;
import java.util.List;
import java.util.Optional;

/** Constraints: that they name what is there, in roles that it can have. */
record ConstraintCheck(ClusterPolicy policy, Check check) {

    void run() {
        check.unique("constraint", policy.constraints().stream(), Constraint::id);
        policy.constraints().forEach(this::constraint);
    }

    private void constraint(Constraint constraint) {
        String where = "constraint " + constraint.id();
        if (constraint instanceof LocationConstraint location) {
            location(where, location);
        } else if (constraint instanceof ColocationConstraint colocation) {
            resource(where, colocation.dependent(), colocation.dependentRole());
            resource(where, colocation.primary(), colocation.primaryRole());
        } else if (constraint instanceof ColocationSets sets) {
            colocation(where, sets);
        } else if (constraint instanceof OrderConstraint order) {
            resource(where, order.first(), role(order.firstAction()));
            resource(where, order.then(), role(order.thenAction()));
        } else if (constraint instanceof OrderSets sets) {
            order(where, sets);
        } else if (constraint instanceof TicketConstraint ticket) {
            ticket(where, ticket);
        }
    }

    private void location(String where, LocationConstraint location) {
        some(where, location.resources());
        location.resources().forEach(resource -> resource(where, resource, location.role()));
        ExpressionCheck expressions = new ExpressionCheck(policy, check, where);
        location.rules().forEach(rule -> expressions.run(rule.expression()));
    }

    private void colocation(String where, ColocationSets sets) {
        for (ColocationSet set : sets.sets()) {
            some(where, set.resources());
            set.resources().forEach(resource -> resource(where, resource, set.role()));
        }
        once(where, sets.sets().stream().map(ColocationSet::resources).toList());
    }

    private void order(String where, OrderSets sets) {
        for (OrderSet set : sets.sets()) {
            some(where, set.resources());
            set.resources().forEach(resource -> resource(where, resource, role(set.action())));
            switch (set.action()) {
                case START, STOP, PROMOTE, DEMOTE -> {}
                default -> check.wrong(where, "orders the action " + set.action(), "START, STOP, PROMOTE or DEMOTE");
            }
        }
        once(where, sets.sets().stream().map(OrderSet::resources).toList());
    }

    /** What comes after itself can never begin, and what is placed by itself says nothing. */
    private void once(String where, List<List<String>> sets) {
        check.unique(where + ": resource", sets.stream().flatMap(List::stream), resource -> resource);
        if (sets.size() == 1 && sets.get(0).size() < 2) {
            check.wrong(where, "is about one resource only", "name what it goes together with");
        }
    }

    private void ticket(String where, TicketConstraint ticket) {
        some(where, ticket.resources());
        ticket.resources().forEach(resource -> resource(where, resource, ticket.role()));
        if (ticket.ticket().isBlank()) {
            check.wrong(where, "names no ticket", "ticket(\"site\").guards(...)");
        }
        if (ticket.onLoss().equals(Optional.of(LossPolicy.FENCE))
                && !policy.options().fencingEnabled()) {
            check.wrong(
                    where,
                    "fences when the ticket is lost, and fencing is switched off",
                    "onLoss(STOP), or withFencingEnabled(true) and devices");
        }
        if (ticket.onLoss().equals(Optional.of(LossPolicy.DEMOTE))) {
            ticket.resources().forEach(resource -> resource(where, resource, Optional.of(Role.PROMOTED)));
        }
    }

    private void some(String where, List<String> resources) {
        if (resources.isEmpty()) {
            check.wrong(where, "has a place for resources with none in it", "name at least one");
        }
    }

    private static Optional<Role> role(OperationName action) {
        boolean promotes = action == OperationName.PROMOTE || action == OperationName.DEMOTE;
        return promotes ? Optional.of(Role.PROMOTED) : Optional.empty();
    }

    private void resource(String where, String name, Optional<Role> role) {
        if (policy.resource(name).isEmpty()) {
            List<String> known = policy.resources().stream()
                    .flatMap(ResourceCheck::withInner)
                    .map(ResourceSpec::id)
                    .toList();
            check.unknown(where, "resource", name, known);
        } else if (role.filter(Role.PROMOTED::equals).isPresent() && !isPromotable(name)) {
            check.wrong(where, name + " can't be promoted", "declare it with promotable(\"" + name + "\", p -> p)");
        }
    }

    private boolean isPromotable(String name) {
        return policy.resources().stream()
                .filter(Clone.class::isInstance)
                .map(Clone.class::cast)
                .filter(clone -> clone.options().promotable())
                .flatMap(ResourceCheck::withInner)
                .anyMatch(part -> part.id().equals(name));
    }
}
