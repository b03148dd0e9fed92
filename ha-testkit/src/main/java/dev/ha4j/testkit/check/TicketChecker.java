package dev.ha4j.testkit.check;

import dev.ha4j.api.Role;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.TicketConstraint;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.TicketStatus;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Optional;
import java.util.TreeMap;

/**
 * TK1: what a ticket guards is started or promoted only by an order that was given while the cluster had the ticket. Judged for
 * primitives, and clones of them, that the constraint names.
 */
final class TicketChecker implements TraceListener {

    private final Findings findings;
    private final TreeMap<LifeId, ClusterState> known = new TreeMap<>();

    TicketChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        LifeId life = LifeId.of(step);
        if (step.event() instanceof Event.StateApplied applied) {
            ClusterState after = applied.state();
            ClusterState before = known.put(life, after);
            if (before != null && after.version().equals(before.version().next())) {
                after.policy()
                        .ticketConstraints()
                        .filter(ticket -> !isThere(before.ticket(ticket.ticket())))
                        .forEach(ticket -> without(step, ticket, before, after));
            }
        } else if (step.event() instanceof Event.NodeDied) {
            known.remove(life);
        }
    }

    private static boolean isThere(TicketStatus ticket) {
        return ticket.granted() && !ticket.standby();
    }

    private void without(TraceRecord step, TicketConstraint ticket, ClusterState before, ClusterState after) {
        after.history().forEach(run -> {
            OperationKey key = run.getKey();
            boolean ordered = run.getValue().callId() > before.lastCallId();
            findings.require(
                    !ordered || !isGuarded(ticket, key, after.policy()),
                    "TK1",
                    step,
                    () -> key + " is ordered though the cluster doesn't have ticket " + ticket.ticket());
        });
    }

    private static boolean isGuarded(TicketConstraint ticket, OperationKey key, ClusterPolicy policy) {
        boolean always = ticket.role().isEmpty() || ticket.role().equals(Optional.of(Role.STARTED));
        boolean takes = key.operation() == OperationName.PROMOTE
                ? always || ticket.role().equals(Optional.of(Role.PROMOTED))
                : always && (key.operation() == OperationName.START || key.operation() == OperationName.MIGRATE_FROM);
        return takes && names(ticket, key.resource(), policy);
    }

    private static boolean names(TicketConstraint ticket, String resource, ClusterPolicy policy) {
        return ticket.resources().contains(resource)
                || policy.resources().stream()
                        .filter(each -> ticket.resources().contains(each.id()))
                        .anyMatch(each -> each instanceof dev.ha4j.api.config.Clone clone
                                && clone.child().id().equals(resource));
    }
}
