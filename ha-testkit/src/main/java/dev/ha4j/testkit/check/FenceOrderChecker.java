package dev.ha4j.testkit.check;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Orders to fence. X5: a power command belongs to an operation that is open as far as its sender knows, and is aimed at the same
 * life: who came back is not fenced for old reasons. X8: no life is fenced more often than {@link #MOST_IN_A_MINUTE}. L4: what did not succeed is tried again in time, as long as the
 * epoch and its controller last.
 */
final class FenceOrderChecker implements TraceListener {

    /** Attempts wait for 1, 2, 4, 8, 16 and 32 s; an executor that was lost, and a new controller, may add some. */
    static final int MOST_IN_A_MINUTE = 12;

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long MINUTE_NANOS = 60 * SECOND_NANOS;

    /** What a controller that is slow may take beyond the wait. */
    private static final long LATE_NANOS = 10 * SECOND_NANOS;

    private final Findings findings;
    private final TreeMap<LifeId, ClusterState> states = new TreeMap<>();
    private final TreeMap<String, Deque<Long>> commands = new TreeMap<>();
    private final TreeMap<LifeId, TreeMap<NodeId, Waiting>> waiting = new TreeMap<>();

    FenceOrderChecker(Findings findings) {
        this.findings = findings;
    }

    /** What operators ordered a node to fence, at their own risk. */
    private final TreeSet<String> ordered = new TreeSet<>();

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.StateApplied applied) {
            states.put(LifeId.of(step), applied.state());
            triedAgain(step, applied.state());
        } else if (step.event() instanceof Event.RequestMade made && made.what().equals("Fence")) {
            ordered.add(step.node() + " " + made.value());
        } else if (step.event() instanceof Event.FenceCommand command) {
            if (!ordered.contains(step.node() + " " + command.target())) {
                aimed(step, command);
                counted(step, command);
            }
        } else if (step.event() instanceof Event.NodeFroze) {
            waiting.remove(LifeId.of(step));
        } else if (step.event() instanceof Event.NodeDied) {
            states.remove(LifeId.of(step));
            waiting.remove(LifeId.of(step));
        }
    }

    private void triedAgain(TraceRecord step, ClusterState state) {
        if (state.fencing().open().isEmpty() || !state.controller().equals(Optional.of(step.nodeId()))) {
            waiting.remove(LifeId.of(step));
            return;
        }
        TreeMap<NodeId, Waiting> known = waiting.computeIfAbsent(LifeId.of(step), life -> new TreeMap<>());
        known.keySet().removeIf(target -> !state.fencing().open().containsKey(target));
        state.fencing().open().values().forEach(open -> {
            Waiting now = new Waiting(state.version().epoch(), open, step.atNanos());
            Waiting before = known.get(open.target());
            if (open.underWay() || before == null || !before.isSame(now) || !hasExecutor(state, open.target())) {
                known.put(open.target(), now);
            } else {
                isInTime(step, before);
            }
        });
    }

    /** Nobody fences itself: who is alone waits for another. */
    private static boolean hasExecutor(ClusterState state, NodeId target) {
        return state.nodes().stream()
                .anyMatch(node -> node.getValue().isMember() && !node.getKey().equals(target));
    }

    private void isInTime(TraceRecord step, Waiting attempt) {
        findings.require(
                step.atNanos() - attempt.sinceNanos <= longestWait(attempt.operation.attempt()) + LATE_NANOS,
                "L4",
                step,
                () -> LifeId.of(step) + " does not try again to fence node " + attempt.operation.target()
                        + ", which failed at " + attempt.sinceNanos / SECOND_NANOS + " s");
    }

    /** 1 s after the first attempt, twice as long after each further one, a minute at most. */
    private static long longestWait(int attempt) {
        return Math.min(MINUTE_NANOS, SECOND_NANOS << Math.min(6, attempt - 1));
    }

    /** A fencing that is not under way in an epoch, and since when. */
    private record Waiting(long epoch, FenceOperation operation, long sinceNanos) {
        boolean isSame(Waiting other) {
            return epoch == other.epoch && operation.equals(other.operation);
        }
    }

    private void aimed(TraceRecord step, Event.FenceCommand command) {
        ClusterState state = states.get(LifeId.of(step));
        String open = state == null
                ? "nobody"
                : state.fencing()
                        .open()
                        .get(command.target())
                        .map(FenceOrderChecker::aim)
                        .orElse("nobody");
        findings.require(
                open.equals(command.aimedAt()),
                "X5",
                step,
                () -> LifeId.of(step) + " fences " + command.aimedAt() + " on node " + command.target()
                        + " though the cluster wants to fence " + open);
    }

    private static String aim(FenceOperation operation) {
        return operation.incarnation().map(Incarnation::toString).orElse("");
    }

    private void counted(TraceRecord step, Event.FenceCommand command) {
        String target = command.target() + " " + command.aimedAt();
        Deque<Long> recent = commands.computeIfAbsent(target, key -> new ArrayDeque<>());
        recent.addLast(step.atNanos());
        while (step.atNanos() - recent.getFirst() > MINUTE_NANOS) {
            recent.removeFirst();
        }
        findings.require(
                recent.size() <= MOST_IN_A_MINUTE,
                "X8",
                step,
                () -> "node " + target + " is fenced " + recent.size() + " times in a minute");
    }
}
