package dev.ha4j.benchmarks.scheduler;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.FailCount;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.resources.Action;
import dev.ha4j.resources.PlannedAction;
import dev.ha4j.resources.Scheduler;
import dev.ha4j.resources.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** States of a cluster all of whose nodes are here. */
final class RunningCluster {

    static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private static final int ROUNDS = 5;

    private RunningCluster() {}

    /** Nothing is known of any resource. */
    static ClusterState fresh(ClusterPolicy policy) {
        TreeSet<String> primitives = new TreeSet<>();
        policy.primitives().map(Primitive::id).forEach(primitives::add);
        ClusterStateBuilder state = ClusterState.initial(policy)
                .change()
                .quorate(true)
                .controller(Optional.of(policy.nodes().get(0).id()))
                .wallMillis(NOW.toEpochMilli())
                .formedMillis(1);
        policy.nodes()
                .forEach(node -> state.node(
                        node.id(),
                        status -> status.joined(
                                new Incarnation(
                                        node.name(),
                                        "boot",
                                        "directory",
                                        node.id().value()),
                                1,
                                primitives)));
        return state.build();
    }

    /** All that is planned has been done, and there is nothing left to do. */
    static ClusterState settled(ClusterState fresh) {
        Scheduler scheduler = new Scheduler();
        ClusterState state = fresh;
        for (int round = 0; round < ROUNDS; round++) {
            Transition plan = scheduler.plan(state, NOW);
            if (plan.isEmpty()) {
                return state;
            }
            ClusterStateBuilder next = state.change();
            long callId = state.lastCallId();
            for (PlannedAction action : plan.actions()) {
                if (action.action() instanceof Action.Operate operate) {
                    carryOut(next, operate, ++callId);
                }
            }
            state = next.lastCallId(callId).build();
        }
        throw new AssertionError("the made-up cluster does not settle");
    }

    private static void carryOut(ClusterStateBuilder state, Action.Operate operate, long callId) {
        ReturnCode code = operate.expected();
        state.record(
                new OperationKey(operate.node(), operate.resource(), operate.operation(), operate.intervalMillis()),
                new OperationRecord(callId, OperationStatus.DONE, code, code, 0, NOW.toEpochMilli(), 1, ""));
    }

    /** The same states, in each of which another one of the monitors has failed, spread over all resources. */
    static List<ClusterState> monitorsFailed(ClusterState settled, int count) {
        List<Map.Entry<OperationKey, OperationRecord>> monitors = settled.history().stream()
                .filter(run -> run.getKey().operation() == OperationName.MONITOR
                        && run.getKey().intervalMillis() > 0)
                .toList();
        return IntStream.range(0, count)
                .mapToObj(i -> monitors.get((int) ((long) i * monitors.size() / count)))
                .map(monitor -> failed(settled, monitor))
                .toList();
    }

    private static ClusterState failed(ClusterState settled, Map.Entry<OperationKey, OperationRecord> monitor) {
        OperationRecord run = monitor.getValue();
        OperationRecord failed = new OperationRecord(
                run.callId(),
                OperationStatus.DONE,
                ReturnCode.GENERIC_ERROR,
                run.expected(),
                0,
                NOW.toEpochMilli(),
                1,
                "");
        return settled.change()
                .record(monitor.getKey(), failed)
                .failures(settled.failures().put(monitor.getKey(), new FailCount(1, NOW.toEpochMilli())))
                .build();
    }
}
