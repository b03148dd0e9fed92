package dev.ha4j.resources.policy;

/** That a resource depends on a ticket, and what is done when the ticket is lost. */
record TicketConstraint(String id, Ticket ticket, LossPolicy lossPolicy, Role role) {

    enum LossPolicy {
        FENCE,
        FREEZE,
        DEMOTE,
        STOP
    }

    /** A right that the cluster may hold. */
    record Ticket(String name, boolean granted, boolean standby) {
        boolean usable() {
            return granted && !standby;
        }
    }
}
