package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.HealthColor;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.resources.LastRole;
import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;

/** What rules about tickets and health come to. */
final class RulePoints implements TraceListener {

    private final Counter counter;
    private final TreeMap<LifeId, ClusterState> states = new TreeMap<>();

    RulePoints(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void on(TraceRecord step) {
        LifeId life = LifeId.of(step);
        if (step.event() instanceof Event.StateApplied applied) {
            ClusterState before = states.put(life, applied.state());
            if (before != null && before.version().next().equals(applied.state().version())) {
                tickets(before, applied.state());
                health(before, applied.state());
            }
        } else if (step.event() instanceof Event.NodeDied) {
            states.remove(life);
        }
    }

    private void tickets(ClusterState before, ClusterState after) {
        if (before.tickets().equals(after.tickets())) {
            return;
        }
        for (var ticket : after.tickets()) {
            boolean had = before.ticket(ticket.getKey()).granted();
            boolean has = ticket.getValue().granted();
            counter.countIf(had && !has && isInUse(before, ticket.getKey()), Point.TICKET_LOST);
            counter.countIf(!had && has && before.tickets().containsKey(ticket.getKey()), Point.TICKET_BACK);
        }
    }

    private static boolean isInUse(ClusterState state, String ticket) {
        return state.policy()
                .ticketConstraints()
                .filter(constraint -> constraint.ticket().equals(ticket))
                .flatMap(constraint -> constraint.resources().stream())
                .anyMatch(resource -> state.policy().nodes().stream()
                        .anyMatch(
                                node -> LastRole.of(state, node.id(), resource).compareTo(LastRole.STARTED) >= 0));
    }

    private void health(ClusterState before, ClusterState after) {
        for (var node : after.nodes()) {
            boolean becomes = isRed(node.getValue()) && !isRed(before.node(node.getKey()));
            counter.countIf(becomes && isUsed(after, node.getKey()), Point.NODE_UNWELL);
        }
    }

    private static boolean isRed(NodeStatus node) {
        return node.attributes().entrySet().stream()
                .anyMatch(attribute -> attribute.getKey().startsWith(HealthOptions.PREFIX)
                        && attribute.getValue().equals(HealthColor.RED.word()));
    }

    private static boolean isUsed(ClusterState state, NodeId node) {
        return state.policy()
                .primitives()
                .anyMatch(primitive -> LastRole.of(state, node, primitive.id()).compareTo(LastRole.STARTED) >= 0);
    }
}
