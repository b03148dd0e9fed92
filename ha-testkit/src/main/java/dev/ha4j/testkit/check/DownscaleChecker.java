package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.time.Duration;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Q2, as to expected votes that fall: only of nodes that were missing for the whole window of {@code lastManStanding}, or that
 * leave cleanly under {@code allowDownscale}.
 */
final class DownscaleChecker implements TraceListener {

    /** Clocks of nodes and the world's go apart by less than this. */
    private static final double DRIFT = 0.999;

    private final Findings findings;
    private final TreeMap<LifeId, ClusterState> states = new TreeMap<>();
    private final TreeMap<LifeId, Long> rings = new TreeMap<>();

    DownscaleChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        LifeId life = LifeId.of(step);
        if (step.event() instanceof Event.RegularInstalled) {
            rings.put(life, step.atNanos());
        } else if (step.event() instanceof Event.NodeDied) {
            rings.remove(life);
            states.remove(life);
        } else if (step.event() instanceof Event.StateApplied applied) {
            ClusterState before = states.put(life, applied.state());
            if (before != null && before.version().next().equals(applied.state().version())) {
                applied(step, before, applied.state());
            }
        }
    }

    private void applied(TraceRecord step, ClusterState before, ClusterState after) {
        if (before.voters().change().isPresent() || after.voters().change().isEmpty()) {
            return;
        }
        TreeSet<NodeId> excused = new TreeSet<>(after.voters().change().get().excused());
        excused.removeAll(before.voters().excused());
        for (NodeId node : excused) {
            findings.require(
                    isFounded(step, after, node),
                    "Q2",
                    step,
                    () -> LifeId.of(step) + " no longer expects node " + node + ", which is " + after.node(node));
        }
    }

    private boolean isFounded(TraceRecord step, ClusterState state, NodeId node) {
        QuorumOptions options = state.policy().quorum();
        NodeStatus status = state.node(node);
        boolean leaves = status.presence() == Presence.LEFT_CLEANLY || (status.isMember() && status.leaving());
        long missingNanos = step.atNanos() - rings.getOrDefault(LifeId.of(step), step.atNanos());
        long windowNanos = options.lastManStanding().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        boolean missed = !status.isMember() && missingNanos >= DRIFT * windowNanos;
        return missed || (options.allowDownscale() && leaves);
    }
}
