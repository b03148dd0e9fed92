package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Constraint;

/** Constraints of all kinds, in the order in which they are written. */
final class UnpackConstraints {
    private UnpackConstraints() {}

    static void run(Model model) {
        ResourceReferences references = new ResourceReferences(model);
        LocationConstraints locations = new LocationConstraints(model, references);
        ColocationConstraints colocations = new ColocationConstraints(model, references);
        OrderConstraints orders = new OrderConstraints(model, references);
        TicketConstraints tickets = new TicketConstraints(model, references);
        for (Constraint constraint : model.input.constraints()) {
            if (constraint instanceof Constraint.Location location) {
                locations.add(location);
            } else if (constraint instanceof Constraint.Colocation colocation) {
                colocations.add(colocation);
            } else if (constraint instanceof Constraint.Order order) {
                orders.add(order);
            } else if (constraint instanceof Constraint.Ticket ticket) {
                tickets.add(ticket);
            }
        }
    }
}
