package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.Unblocking;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * U1 (no operator's word lets a partition go on while somebody whom it declares down was there a short time ago, unless by
 * force), U2 (when its time is over nobody goes on by it).
 */
final class UnblockChecker implements TraceListener {

    /** A node's time may run so much slower than the world's. */
    private static final double DRIFT = 0.999;

    /** For a command to be ordered, and for another controller whose wall clock is ahead to see to it. */
    private static final long SLACK_NANOS = Duration.ofSeconds(5).toNanos();

    private final Findings findings;
    private final long quietNanos;
    private final TreeMap<LifeId, SortedSet<NodeId>> rings = new TreeMap<>();
    private final TreeMap<LifeId, TreeMap<NodeId, Long>> together = new TreeMap<>();
    private final TreeMap<LifeId, Long> overdue = new TreeMap<>();
    private final TreeSet<Long> eras = new TreeSet<>();

    /** @param quietNanos for how long nothing must have been heard */
    UnblockChecker(long quietNanos, Findings findings) {
        this.quietNanos = quietNanos;
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        LifeId life = LifeId.of(step);
        if (step.event() instanceof Event.RegularInstalled installed) {
            TreeMap<NodeId, Long> until = together.computeIfAbsent(life, key -> new TreeMap<>());
            rings.getOrDefault(life, Collections.emptySortedSet()).forEach(member -> until.put(member, step.atNanos()));
            rings.put(life, installed.members());
        } else if (step.event() instanceof Event.NodeDied) {
            rings.remove(life);
            together.remove(life);
            overdue.remove(life);
        } else if (step.event() instanceof Event.QuorumChanged changed && !changed.quorate()) {
            overdue.remove(life);
        } else if (step.event() instanceof Event.StateApplied applied) {
            applied.state().voters().unblocking().ifPresent(word -> unblocked(step, applied.state(), word));
        }
    }

    private void unblocked(TraceRecord step, ClusterState state, Unblocking word) {
        LifeId life = LifeId.of(step);
        if (eras.add(state.version().era()) && !word.forced()) {
            word.declared().forEach(node -> quiet(step, node));
        }
        boolean late = state.voters().isUnblocked()
                && state.voters().change().isEmpty()
                && state.wallMillis() > word.untilMillis();
        if (late) {
            overdue.putIfAbsent(life, step.atNanos());
        } else {
            overdue.remove(life);
        }
        findings.require(
                step.atNanos() - overdue.getOrDefault(life, step.atNanos()) <= SLACK_NANOS,
                "U2",
                step,
                () -> life + " goes on at the word of " + word.by() + ", though its time is over");
    }

    private void quiet(TraceRecord step, NodeId declared) {
        Long until = together.getOrDefault(LifeId.of(step), new TreeMap<>()).get(declared);
        findings.require(
                until == null || step.atNanos() - until >= DRIFT * quietNanos,
                "U1",
                step,
                () -> LifeId.of(step) + " goes on without node " + declared + ", with which it was together "
                        + (step.atNanos() - (until == null ? 0 : until)) + " ns ago");
    }
}
