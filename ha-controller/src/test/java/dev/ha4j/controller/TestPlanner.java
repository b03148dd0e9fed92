package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.resources.Action;
import dev.ha4j.resources.Blockage;
import dev.ha4j.resources.Placement;
import dev.ha4j.resources.PlannedAction;
import dev.ha4j.resources.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Keeps each primitive on the member of the lowest id: just enough of a scheduler to try the controller on. */
final class TestPlanner {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ClusterState state;
    private final List<PlannedAction> actions = new ArrayList<>();
    private final List<Blockage> blocked = new ArrayList<>();

    private TestPlanner(ClusterState state) {
        this.state = state;
    }

    static Transition plan(ClusterState state) {
        TestPlanner planner = new TestPlanner(state);
        state.policy().primitives().forEach(planner::place);
        planner.dismissLeaving();
        return new Transition(state.version(), planner.actions, Optional.empty(), planner.blocked, Placement.NONE);
    }

    private void place(Primitive primitive) {
        String name = primitive.id();
        TreeSet<Integer> before = new TreeSet<>();
        Optional<NodeId> wanted = wanted(name);
        boolean wait = false;
        for (Map.Entry<NodeId, NodeStatus> node : state.nodes()) {
            NodeId id = node.getKey();
            if (node.getValue().presence() == Presence.LOST
                    && !node.getValue().proof().unlocks(primitive.meta())) {
                wait |= fence(id, before, name);
            } else if (node.getValue().isMember()
                    && node.getValue().implemented().contains(name)) {
                wait |= settle(id, name, wanted, before);
            }
        }
        if (!wait && wanted.isPresent() && !isActive(wanted.get(), name)) {
            operate(wanted.get(), name, OperationName.START, ReturnCode.OK, before);
        }
    }

    private Optional<NodeId> wanted(String name) {
        return state.nodes().stream()
                .filter(node -> node.getValue().isMember()
                        && node.getValue().implemented().contains(name)
                        && !node.getValue().standby()
                        && !node.getValue().leaving())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean fence(NodeId target, SortedSet<Integer> before, String name) {
        boolean hasPath = state.policy().fencing().stream()
                .anyMatch(path -> path.targets().contains(state.policy().nameOf(target)));
        boolean helps = state.policy()
                .primitives()
                .anyMatch(p -> ProofLevel.POWER_VERIFIED.satisfies(p.meta().requires()));
        if (!hasPath || !helps) {
            blocked.add(new Blockage(name, name + " waits: " + state.policy().nameOf(target) + " is not proven down"));
            return true;
        }
        Optional<PlannedAction> planned = actions.stream()
                .filter(action -> action.action() instanceof Action.Fence fence
                        && fence.target().equals(target))
                .findFirst();
        before.add(
                planned.map(PlannedAction::id).orElseGet(() -> add(new Action.Fence(target, "lost"), new TreeSet<>())));
        return false;
    }

    /** Whether the primitive has to wait for what is under way or unknown on this node. */
    private boolean settle(NodeId node, String name, Optional<NodeId> wanted, SortedSet<Integer> before) {
        if (runs(node, name).stream().anyMatch(run -> run.getValue().isPending())) {
            return true;
        }
        if (runs(node, name).isEmpty()) {
            operate(node, name, OperationName.MONITOR, ReturnCode.NOT_RUNNING, new TreeSet<>());
            return true;
        }
        if (isActive(node, name) && !wanted.equals(Optional.of(node))) {
            before.add(operate(node, name, OperationName.STOP, ReturnCode.OK, new TreeSet<>()));
        }
        return false;
    }

    private boolean isActive(NodeId node, String name) {
        return runs(node, name).stream()
                .max(Comparator.comparingLong(run -> run.getValue().callId()))
                .filter(run -> run.getKey().operation() == OperationName.START
                        || (run.getKey().operation() == OperationName.MONITOR
                                && run.getValue().code() == ReturnCode.OK))
                .isPresent();
    }

    private List<Map.Entry<OperationKey, OperationRecord>> runs(NodeId node, String name) {
        return state.history().stream()
                .filter(run -> run.getKey().node().equals(node)
                        && run.getKey().resource().equals(name))
                .toList();
    }

    private void dismissLeaving() {
        for (Map.Entry<NodeId, NodeStatus> node : state.nodes()) {
            boolean active = state.policy().primitives().anyMatch(p -> isActive(node.getKey(), p.id()));
            if (node.getValue().isMember() && node.getValue().leaving() && !active && actions.isEmpty()) {
                add(new Action.Dismiss(node.getKey()), new TreeSet<>());
            }
        }
    }

    private int operate(
            NodeId node, String name, OperationName operation, ReturnCode expected, SortedSet<Integer> after) {
        boolean exclusive = operation == OperationName.START;
        return add(new Action.Operate(node, name, operation, 0, TIMEOUT, expected, exclusive, "test"), after);
    }

    private int add(Action action, SortedSet<Integer> after) {
        actions.add(new PlannedAction(actions.size(), action, after, 0));
        return actions.size() - 1;
    }
}
