package dev.ha4j.testkit.check;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * X2 (who is recorded as cleanly gone has nothing active), and when the cluster has been quiet for long enough L5 (every
 * request is answered) and L7 (who is told to leave does).
 */
final class LeaveChecker implements TraceListener {

    private final Findings findings;
    private final TreeMap<LifeId, Long> leaving = new TreeMap<>();
    private final TreeMap<Long, Asked> asked = new TreeMap<>();
    private final TreeMap<Integer, String> incarnations = new TreeMap<>();
    private final TreeMap<Integer, TreeSet<String>> active = new TreeMap<>();

    LeaveChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.LeaveBegan) {
            leaving.putIfAbsent(LifeId.of(step), step.atNanos());
        } else if (event instanceof Event.NodeStarted started) {
            incarnations.put(step.node(), started.incarnation());
        } else if (event instanceof Event.RoleEntered entered) {
            active.computeIfAbsent(step.node(), node -> new TreeSet<>())
                    .add(key(entered.resource(), entered.exclusive()));
        } else if (event instanceof Event.RoleExited exited) {
            active.getOrDefault(step.node(), new TreeSet<>()).remove(key(exited.resource(), exited.exclusive()));
        } else if (event instanceof Event.StateApplied applied) {
            active.forEach((node, resources) -> gone(step, applied.state(), node, resources));
        } else if (event instanceof Event.NodeDied) {
            active.remove(step.node());
            leaving.remove(LifeId.of(step));
            asked.values().removeIf(request -> request.by.equals(LifeId.of(step)));
        } else if (event instanceof Event.RequestMade made) {
            asked.put(made.request(), new Asked(LifeId.of(step), step.atNanos(), made.what()));
        } else if (event instanceof Event.RequestEnded ended) {
            findings.require(
                    asked.remove(ended.request()) != null,
                    "L5",
                    step,
                    () -> "request " + ended.request() + " is answered twice, or was never made");
        }
    }

    private static String key(String resource, boolean exclusive) {
        return exclusive ? resource + " (exclusive)" : resource;
    }

    private void gone(TraceRecord step, ClusterState state, int node, SortedSet<String> resources) {
        NodeStatus status = state.node(NodeId.of(node));
        boolean thisLife =
                status.incarnation().map(Incarnation::toString).equals(Optional.ofNullable(incarnations.get(node)));
        findings.require(
                status.presence() != Presence.LEFT_CLEANLY || !thisLife || resources.isEmpty(),
                "X2",
                step,
                () -> "node " + node + " is recorded as cleanly gone while it runs " + resources);
    }

    /** Nothing that began before the given instant is unfinished. */
    void judgeQuiet(long begunBeforeNanos, long nowNanos) {
        leaving.forEach((life, since) -> {
            if (since < begunBeforeNanos) {
                findings.report("L7", nowNanos, life + " was told to leave and has not left");
            }
        });
        asked.values().forEach(request -> {
            if (request.atNanos < begunBeforeNanos) {
                findings.report("L5", nowNanos, request.by + " never got an answer to " + request.what);
            }
        });
    }

    private record Asked(LifeId by, long atNanos, String what) {}
}
