package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Q1 (no two quorate partitions), Q2 (a majority of the expected votes, or the half with the tie breaker), Q4 (wait for all), Q5 (only quorate nodes open epochs
 * and get terms), Q6 (votes of one ring: an epoch is a ring that this life installed, later than its last one; the ring itself
 * may have gone on meanwhile, for it does not wait for the controller).
 */
final class QuorumChecker implements TraceListener {

    private final ClusterPolicy policy;
    private final Findings findings;
    private final TreeMap<Integer, View> views = new TreeMap<>();
    private boolean allWereTogether;

    QuorumChecker(ClusterPolicy policy, Findings findings) {
        this.policy = policy;
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.RegularInstalled installed) {
            view(step).installed.put(installed.ring().sequence(), installed.members());
            allWereTogether |= installed.members().size() == policy.nodes().size();
        } else if (event instanceof Event.QuorumChanged changed) {
            changed(step, changed.quorate());
        } else if (event instanceof Event.EpochOpened opened) {
            epochOpened(step, opened.epoch());
        } else if (event instanceof Event.TermGranted granted) {
            findings.require(
                    view(step).quorate,
                    "Q5",
                    step,
                    () -> LifeId.of(step) + " was granted term " + granted.token() + " while inquorate");
        } else if (event instanceof Event.NodeDied || event instanceof Event.NodeStarted) {
            views.remove(step.node());
        }
    }

    private View view(TraceRecord step) {
        return views.computeIfAbsent(step.node(), node -> new View());
    }

    private void changed(TraceRecord step, boolean quorate) {
        View view = view(step);
        view.quorate = quorate;
        if (!quorate) {
            view.quorumMembers = Collections.emptySortedSet();
            return;
        }
        findings.require(
                view.installed.values().stream().anyMatch(this::isQuorum),
                "Q2",
                step,
                () -> LifeId.of(step) + " is quorate with none of " + view.installed);
        findings.require(
                allWereTogether || !policy.quorum().waitForAll(),
                "Q4",
                step,
                () -> LifeId.of(step) + " is quorate before all nodes were together");
    }

    private boolean isQuorum(Collection<NodeId> members) {
        int expected = policy.quorum()
                .expectedVotes()
                .orElseGet(() -> votes(policy.nodes().stream().map(NodeSpec::id).toList()));
        int present = 2 * votes(members);
        return present > expected || (present == expected && hasTieBreaker(members));
    }

    private boolean hasTieBreaker(Collection<NodeId> members) {
        SortedSet<NodeId> all =
                policy.nodes().stream().map(NodeSpec::id).collect(Collectors.toCollection(TreeSet::new));
        TieBreaker tieBreaker = policy.quorum().tieBreaker();
        return switch (tieBreaker.kind()) {
            case NONE -> false;
            case LOWEST -> members.contains(all.first());
            case HIGHEST -> members.contains(all.last());
            case LIST -> members.contains(tieBreaker.nodes().get(0));
        };
    }

    private void epochOpened(TraceRecord step, long epoch) {
        View view = view(step);
        findings.require(
                view.quorate, "Q5", step, () -> LifeId.of(step) + " opens epoch " + epoch + " while inquorate");
        findings.require(
                view.installed.containsKey(epoch) && epoch > view.lastEpoch,
                "Q6",
                step,
                () -> LifeId.of(step) + " opens epoch " + epoch + " after " + view.lastEpoch
                        + ", having installed the rings " + view.installed);
        partition(step, view, view.installed.getOrDefault(epoch, Collections.emptySortedSet()));
        view.lastEpoch = epoch;
        view.installed.headMap(epoch).clear();
    }

    /** The members whose votes made the epoch quorate. */
    private void partition(TraceRecord step, View view, SortedSet<NodeId> members) {
        view.quorumMembers = members;
        findings.require(
                isQuorum(members), "Q2", step, () -> LifeId.of(step) + " opens an epoch with the votes of " + members);
        views.forEach((node, other) -> findings.require(
                other.quorumMembers.isEmpty() || !Collections.disjoint(other.quorumMembers, members),
                "Q1",
                step,
                () -> "partitions " + members + " and " + other.quorumMembers + " are both quorate"));
    }

    private int votes(Collection<NodeId> members) {
        return members.stream()
                .flatMap(member -> policy.node(member).stream())
                .mapToInt(NodeSpec::votes)
                .sum();
    }

    private static final class View {
        private SortedSet<NodeId> quorumMembers = Collections.emptySortedSet();
        private final TreeMap<Long, SortedSet<NodeId>> installed = new TreeMap<>();
        private long lastEpoch;
        private boolean quorate;
    }
}
