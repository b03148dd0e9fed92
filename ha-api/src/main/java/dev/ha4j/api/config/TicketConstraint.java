package dev.ha4j.api.config;

import dev.ha4j.api.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which resources may run only while this cluster has a ticket ({@code rsc_ticket}): of several clusters on several sites the one
 * that an operator, or a go-between, has given it to. A cluster begins without any; {@code admin().grantTicket(...)} gives one.
 *
 * @param id name
 * @param ticket name of the ticket
 * @param resources that depend on it
 * @param role the role that depends on it; empty for any
 * @param onLoss what becomes of them without it; empty for {@link LossPolicy#DEMOTE} of the promoted role, else {@link
 *     LossPolicy#STOP}
 */
public record TicketConstraint(
        String id, String ticket, List<String> resources, Optional<Role> role, Optional<LossPolicy> onLoss)
        implements Constraint {

    public TicketConstraint {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ticket, "ticket");
        resources = List.copyOf(resources);
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(onLoss, "onLoss");
    }

    /** More resources that depend on it, in the same role. */
    public TicketConstraint and(String... more) {
        List<String> all = new ArrayList<>(resources);
        all.addAll(List.of(more));
        return new TicketConstraint(id, ticket, all, role, onLoss);
    }

    public TicketConstraint onLoss(LossPolicy policy) {
        return new TicketConstraint(id, ticket, resources, role, Optional.of(policy));
    }

    public TicketConstraint named(String newId) {
        return new TicketConstraint(newId, ticket, resources, role, onLoss);
    }
}
