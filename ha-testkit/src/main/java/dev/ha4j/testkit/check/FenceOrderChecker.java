package dev.ha4j.testkit.check;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;

/**
 * Orders to fence. X5: a power command belongs to an operation that is open as far as its sender knows, and is aimed at the same
 * life: who came back is not fenced for old reasons. X8: no life is fenced more often than {@link #MOST_IN_A_MINUTE}.
 */
final class FenceOrderChecker implements TraceListener {

    /** Attempts wait for 1, 2, 4, 8, 16 and 32 s; an executor that was lost, and a new controller, may add some. */
    static final int MOST_IN_A_MINUTE = 12;

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final Findings findings;
    private final TreeMap<LifeId, ClusterState> states = new TreeMap<>();
    private final TreeMap<String, Deque<Long>> commands = new TreeMap<>();

    FenceOrderChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.StateApplied applied) {
            states.put(LifeId.of(step), applied.state());
        } else if (step.event() instanceof Event.FenceCommand command) {
            aimed(step, command);
            counted(step, command);
        } else if (step.event() instanceof Event.NodeDied) {
            states.remove(LifeId.of(step));
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
