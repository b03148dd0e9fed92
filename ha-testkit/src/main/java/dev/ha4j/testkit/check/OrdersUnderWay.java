package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which starts were ordered before the cluster could know that what they build on has stopped by itself. Whoever orders sees
 * the replicated state; a node that stops a role without an order (its lease is over) can tell only afterwards.
 */
final class OrdersUnderWay implements TraceListener {

    private final TreeMap<LifeId, Life> lives = new TreeMap<>();

    @Override
    public void on(TraceRecord step) {
        LifeId id = LifeId.of(step);
        if (step.event() instanceof Event.StateApplied applied) {
            life(id).applied(NodeId.of(step.node()), applied.state());
        } else if (step.event() instanceof Event.RoleExited exited) {
            life(id).exited(NodeId.of(step.node()), exited.resource());
        } else if (step.event() instanceof Event.NodeDied) {
            lives.remove(id);
        }
    }

    /** Whether the state with which the start was ordered showed the partner as running here, where it stopped by itself. */
    boolean isBlind(LifeId id, String resource, String partner) {
        Life life = life(id);
        Order order = life.orders.get(resource);
        return order != null
                && life.stoppedByItself.contains(partner)
                && showsRunning(order.state(), NodeId.of(id.node()), partner);
    }

    private Life life(LifeId id) {
        return lives.computeIfAbsent(id, key -> new Life());
    }

    /** The last of start, probe and stop decides, even if it is only ordered. */
    private static boolean showsRunning(ClusterState state, NodeId node, String resource) {
        return Stream.of(OperationName.START, OperationName.MONITOR, OperationName.STOP)
                .map(operation -> new OperationKey(node, resource, operation, 0))
                .filter(state.history()::containsKey)
                .max(Comparator.comparingLong(
                        key -> state.history().get(key).orElseThrow().callId()))
                .filter(key -> key.operation() != OperationName.STOP)
                .flatMap(state.history()::get)
                .filter(last -> last.status() == OperationStatus.DONE && last.code() == ReturnCode.OK)
                .isPresent();
    }

    private static Optional<OperationRecord> orderedStart(ClusterState state, NodeId node, String resource) {
        return state.history()
                .get(new OperationKey(node, resource, OperationName.START, 0))
                .filter(OperationRecord::isPending);
    }

    /** A start, and the first state that shows it as ordered. */
    private record Order(long callId, ClusterState state) {}

    private static final class Life {
        private final TreeMap<String, Order> orders = new TreeMap<>();
        private final TreeSet<String> stoppedByItself = new TreeSet<>();
        private Optional<ClusterState> newest = Optional.empty();

        void applied(NodeId node, ClusterState state) {
            newest = Optional.of(state);
            state.policy()
                    .primitives()
                    .map(Primitive::id)
                    .forEach(resource -> orderedStart(state, node, resource)
                            .ifPresent(start -> ordered(resource, new Order(start.callId(), state))));
        }

        private void ordered(String resource, Order order) {
            Order known = orders.get(resource);
            if (known == null || known.callId() != order.callId()) {
                orders.put(resource, order);
            }
        }

        void exited(NodeId node, String resource) {
            if (newest.filter(state -> showsRunning(state, node, resource)).isPresent()) {
                stoppedByItself.add(resource);
            } else {
                stoppedByItself.remove(resource);
            }
        }
    }
}
