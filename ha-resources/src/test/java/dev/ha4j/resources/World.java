package dev.ha4j.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.LocationConstraint;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OrderConstraint;
import dev.ha4j.api.state.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What really runs, whatever the state says: a lost node goes on until it is fenced. Carries out plans in any order that they
 * permit, and checks each step.
 */
final class World {

    private final TestCluster cluster;
    private final Map<String, Map<NodeId, Role>> running = new TreeMap<>();

    World(TestCluster cluster) {
        this.cluster = cluster;
    }

    boolean isActive(String node, String resource) {
        return running.getOrDefault(resource, Map.of()).containsKey(TestCluster.id(node));
    }

    /** The node's machine is booted anew, and the node joins. */
    void restart(String node) {
        kill(TestCluster.id(node));
        cluster.join(node);
    }

    void settle() {
        for (int round = 0; round < 12; round++) {
            Transition plan = plan();
            if (plan.isEmpty()) {
                return;
            }
            carryOut(plan, new Random(round), Integer.MAX_VALUE);
        }
        throw new AssertionError("never settles; still wants\n" + PlanText.of(cluster.state, plan()));
    }

    void carryOut(Random random, int limit) {
        carryOut(plan(), random, limit);
    }

    private Transition plan() {
        Transition plan = cluster.plan();
        assertThat(PlanText.of(cluster.state, cluster.plan())).isEqualTo(PlanText.of(cluster.state, plan));
        assertThat(cluster.plan()).isEqualTo(plan);
        assertThat(plan.blocked()).noneMatch(blockage -> blockage.reason().contains("circle"));
        return plan;
    }

    private void carryOut(Transition plan, Random random, int limit) {
        Set<Integer> done = new TreeSet<>();
        List<PlannedAction> waiting = new ArrayList<>(plan.actions());
        while (!waiting.isEmpty() && done.size() < limit) {
            List<PlannedAction> ready = waiting.stream()
                    .filter(action -> done.containsAll(action.after()))
                    .toList();
            assertOneAtATime(ready);
            PlannedAction next = ready.get(random.nextInt(ready.size()));
            try {
                apply(next.action());
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\nin\n" + PlanText.of(cluster.state, plan), e);
            }
            waiting.remove(next);
            done.add(next.id());
        }
    }

    /** S5: of what may be under way together, no two are operations of one resource on one node, monitors that recur aside. */
    private static void assertOneAtATime(List<PlannedAction> ready) {
        Set<String> busy = new TreeSet<>();
        for (PlannedAction planned : ready) {
            if (planned.action() instanceof Action.Operate operate && operate.intervalMillis() == 0) {
                assertThat(busy.add(operate.resource() + "@" + operate.node()))
                        .as("%s begins alone", operate)
                        .isTrue();
            }
        }
    }

    private void apply(Action action) {
        if (action instanceof Action.Operate operate) {
            operate(operate);
        } else if (action instanceof Action.Fence fence) {
            kill(fence.target());
        } else if (action instanceof Action.Dismiss dismiss) {
            assertThat(running.values()).as("dismissed while active").noneMatch(on -> on.containsKey(dismiss.node()));
        }
        cluster.carryOut(action);
    }

    private void operate(Action.Operate operate) {
        assertThat(cluster.state.node(operate.node()).isMember())
                .as("operation on a member")
                .isTrue();
        Map<NodeId, Role> on = running.computeIfAbsent(operate.resource(), name -> new TreeMap<>());
        switch (operate.operation()) {
            case START -> {
                checkStart(operate, on);
                on.put(operate.node(), Role.STARTED);
            }
            case PROMOTE -> {
                assertThat(on).as("promoted only where it runs").containsKey(operate.node());
                checkExclusive(operate, on, Role.PROMOTED);
                on.put(operate.node(), Role.PROMOTED);
            }
            case DEMOTE -> on.put(operate.node(), Role.STARTED);
            case STOP -> on.remove(operate.node());
            default -> {}
        }
    }

    private void checkStart(Action.Operate start, Map<NodeId, Role> on) {
        if (start.exclusive()) {
            checkExclusive(start, on, Role.STARTED);
        }
        assertThat(cluster.state.node(start.node()).standby())
                .as("start on standby node")
                .isFalse();
        for (Constraint constraint : cluster.state.policy().constraints()) {
            if (constraint instanceof LocationConstraint location
                    && location.resources().get(0).equals(start.resource())) {
                location.rules().stream()
                        .filter(rule -> rule.score().value() <= -1_000_000)
                        .forEach(rule -> assertThat(rule.expression())
                                .as("start on banned node")
                                .isNotEqualTo(
                                        Expression.onNode(cluster.state.policy().nameOf(start.node()))));
            } else if (constraint instanceof OrderConstraint order
                    && order.kind() == OrderConstraint.Kind.MANDATORY
                    && order.then().equals(start.resource())
                    && order.thenAction() == OperationName.START) {
                assertThat(activeOnMember(order.first()))
                        .as("%s before %s", order.first(), order.then())
                        .isTrue();
            }
        }
    }

    private boolean activeOnMember(String resource) {
        return running.getOrDefault(resource, Map.of()).keySet().stream()
                .anyMatch(node -> cluster.state.node(node).isMember());
    }

    private void checkExclusive(Action.Operate operate, Map<NodeId, Role> on, Role role) {
        assertThat(operate.exclusive()).as("granted a term").isTrue();
        on.forEach((node, other) -> {
            boolean over = cluster.state.node(node).presence() == Presence.LOST
                    && cluster.state
                            .node(node)
                            .proof()
                            .unlocks(cluster.state
                                    .policy()
                                    .resource(operate.resource())
                                    .orElseThrow()
                                    .meta());
            boolean clashes = !node.equals(operate.node()) && other.compareTo(role) >= 0 && !over;
            assertThat(clashes)
                    .as("%s exclusive on %s while active on %s", operate.resource(), operate.node(), node)
                    .isFalse();
        });
    }

    private void kill(NodeId node) {
        running.values().forEach(on -> on.remove(node));
    }
}
