package dev.ha4j.controller.command;

import dev.ha4j.api.Role;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.api.config.TicketConstraint;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.PersistentMap;
import dev.ha4j.api.state.TicketStatus;
import dev.ha4j.controller.Request.ChangeTicket;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which tickets this cluster has, and what can't begin without them. Pure. */
final class Tickets {

    private Tickets() {}

    static Result change(ClusterState state, ChangeTicket change) {
        SortedSet<String> known = named(state.policy());
        if (!known.contains(change.ticket())) {
            return Result.refused("no constraint names ticket " + change.ticket() + ", but " + known);
        }
        TicketStatus before = state.ticket(change.ticket());
        TicketStatus after = switch (change.change()) {
            case GRANT -> new TicketStatus(true, false, state.wallMillis(), change.changedBy());
            case STANDBY -> new TicketStatus(before.granted(), true, before.grantedMillis(), change.changedBy());
            case REVOKE -> new TicketStatus(false, false, before.grantedMillis(), change.changedBy());
        };
        PersistentMap<String, TicketStatus> tickets = state.tickets()
                .removeIf((name, status) -> !known.contains(name))
                .put(change.ticket(), after);
        return StateMachine.applied(StateMachine.advance(state).tickets(tickets));
    }

    private static SortedSet<String> named(ClusterPolicy policy) {
        return policy.ticketConstraints().map(TicketConstraint::ticket).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ticket without which this operation may not begin; empty if none is missing. */
    static Optional<String> missing(ClusterState state, String primitive, OperationName operation) {
        return state.policy()
                .ticketConstraints()
                .filter(constraint -> guards(constraint, operation)
                        && !state.ticket(constraint.ticket()).isUsable()
                        && concerns(state.policy(), constraint.resources(), primitive))
                .map(TicketConstraint::ticket)
                .findFirst();
    }

    private static boolean guards(TicketConstraint constraint, OperationName operation) {
        boolean any = constraint.role().filter(role -> role != Role.STARTED).isEmpty();
        return switch (operation) {
            case START, MIGRATE_FROM -> any;
            case PROMOTE -> any || constraint.role().equals(Optional.of(Role.PROMOTED));
            default -> false;
        };
    }

    /** Whether the primitive, or what it is in, or what that is in a clone of, is among these. */
    private static boolean concerns(ClusterPolicy policy, List<String> resources, String primitive) {
        return policy.resources().stream()
                .filter(resource -> contains(resource, primitive))
                .flatMap(resource -> around(resource, primitive))
                .anyMatch(resources::contains);
    }

    private static boolean contains(ResourceSpec resource, String primitive) {
        return around(resource, primitive).anyMatch(primitive::equals);
    }

    private static Stream<String> around(ResourceSpec resource, String primitive) {
        if (resource instanceof Group group) {
            return group.members().stream().anyMatch(member -> member.id().equals(primitive))
                    ? Stream.of(group.id(), primitive)
                    : Stream.of();
        }
        if (resource instanceof dev.ha4j.api.config.Clone clone) {
            List<String> inside = around(clone.child(), primitive).toList();
            return inside.isEmpty()
                    ? Stream.of()
                    : Stream.concat(Stream.of(clone.id(), clone.child().id()), inside.stream());
        }
        return resource.id().equals(primitive) ? Stream.of(primitive) : Stream.of();
    }
}
