package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * C2, at the moment at which it is promised: what is acknowledged, and a term that begins, is on the disks of a quorum, as a
 * loss of power would leave them. C6: a disk that only lost power is never refused.
 */
final class DurabilityChecker implements TraceListener {

    private final ClusterPolicy policy;
    private final Ballots ballots;
    private final Findings findings;
    private final TreeMap<Integer, StateVersion> disks = new TreeMap<>();
    private final TreeMap<Integer, TreeMap<Long, SortedSet<NodeId>>> rings = new TreeMap<>();
    private final TreeMap<Integer, SortedSet<NodeId>> epochs = new TreeMap<>();
    private final TreeSet<Integer> failing = new TreeSet<>();
    private final TreeSet<LifeId> unread = new TreeSet<>();

    DurabilityChecker(ClusterPolicy policy, Ballots ballots, Findings findings) {
        this.policy = policy;
        this.ballots = ballots;
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.Persisted persisted) {
            disks.put(step.node(), persisted.version());
        } else if (event instanceof Event.NodeStarted started && !started.diskKept()) {
            disks.remove(step.node());
            bare(step);
        } else if (event instanceof Event.NodeStarted) {
            bare(step);
        } else if (event instanceof Event.DiskFailing disk) {
            failing(step.node(), disk.failing());
        } else if (event instanceof Event.Healed) {
            failing.clear();
        } else if (event instanceof Event.RegularInstalled installed) {
            rings.computeIfAbsent(step.node(), node -> new TreeMap<>())
                    .put(installed.ring().sequence(), installed.members());
            unread.remove(LifeId.of(step));
        } else if (event instanceof Event.LeaveBegan) {
            unread.remove(LifeId.of(step));
        } else if (event instanceof Event.EpochOpened opened) {
            TreeMap<Long, SortedSet<NodeId>> own = rings.getOrDefault(step.node(), new TreeMap<>());
            epochs.put(step.node(), own.getOrDefault(opened.epoch(), Collections.emptySortedSet()));
            own.headMap(opened.epoch()).clear();
        } else if (event instanceof Event.NodeStopped stopped) {
            findings.require(
                    !unread.contains(LifeId.of(step)),
                    "C6",
                    step,
                    () -> LifeId.of(step) + " can't start from a disk that lost nothing but torn writes: "
                            + stopped.reason());
        } else if (event instanceof Event.RequestEnded ended && ended.result().equals("Applied")) {
            promised(step, ended.version(), "request " + ended.request() + " is acknowledged");
        } else if (event instanceof Event.TermGranted granted) {
            promised(step, granted.grantedAt(), "term " + granted.token() + " begins");
        }
    }

    /** A life that begins on a disk without faults has to get as far as the ring. */
    private void bare(TraceRecord step) {
        if (!failing.contains(step.node())) {
            unread.add(LifeId.of(step));
        }
    }

    private void failing(int node, boolean fails) {
        if (fails) {
            failing.add(node);
            unread.removeIf(life -> life.node() == node);
        } else {
            failing.remove(node);
        }
    }

    private void promised(TraceRecord step, StateVersion version, String what) {
        findings.require(
                isSafe(step.node(), version),
                "C2",
                step,
                () -> LifeId.of(step) + ": " + what + " with version " + version + ", but the disks have " + disks);
    }

    /** By the way in which votes are counted then, or later in the epoch: what is safe at a version is so before it. */
    private boolean isSafe(int node, StateVersion version) {
        SortedSet<NodeId> members = epochs.getOrDefault(node, Collections.emptySortedSet());
        return isSafe(version, members)
                || ballots.changesFrom(version).stream().anyMatch(later -> isSafe(later, members));
    }

    private boolean isSafe(StateVersion version, SortedSet<NodeId> members) {
        return ballots.at(version).isSafe(having(version), members);
    }

    private List<NodeId> having(StateVersion version) {
        return policy.nodes().stream()
                .map(NodeSpec::id)
                .filter(node ->
                        disks.getOrDefault(node.value(), StateVersion.NONE).compareTo(version) >= 0)
                .toList();
    }
}
