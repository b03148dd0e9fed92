package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Q1 (no two quorate partitions), Q2 (a majority of the votes that the newest state expects, or the half with the tie
 * breaker; by the old and the new rule while the voters are changed), Q4 (wait for all, unless an operator cancels that), Q5 (only quorate nodes open epochs,
 * change the state and get terms), Q6 (votes of one ring: an epoch is a ring that this life installed, later than its last one; the ring itself
 * may have gone on meanwhile, for it does not wait for the controller).
 */
final class QuorumChecker implements TraceListener {

    private static final int MAX_RINGS = 1024;

    private final ClusterPolicy policy;
    private final Ballots ballots;
    private final Findings findings;
    private final TreeMap<Integer, View> views = new TreeMap<>();
    private final TreeMap<Long, SortedSet<LifeId>> installers = new TreeMap<>();
    private final TreeMap<Long, SortedSet<NodeId>> witnessed = new TreeMap<>();
    private final TreeSet<LifeId> throughWithWaiting = new TreeSet<>();

    private boolean waitsNoMore;

    QuorumChecker(ClusterPolicy policy, Ballots ballots, Findings findings) {
        this.policy = policy;
        this.ballots = ballots;
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.RegularInstalled installed) {
            view(step).installed.put(installed.ring().sequence(), installed.members());
            installers
                    .computeIfAbsent(installed.ring().sequence(), ring -> new TreeSet<>())
                    .add(LifeId.of(step));
        } else if (event instanceof Event.DeviceVoted voted && voted.granted()) {
            witnessed(voted.ring(), NodeId.of(step.node()));
        } else if (event instanceof Event.VotesCounted counted && counted.quorate()) {
            votesCounted(step, counted.ring());
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
        } else if (event instanceof Event.StateApplied applied) {
            findings.require(
                    view(step).quorate,
                    "Q5",
                    step,
                    () -> LifeId.of(step) + " changes its state to "
                            + applied.state().version() + " while inquorate");
            began(step, applied.state());
        } else if (event instanceof Event.RequestMade made && made.what().equals("CancelWaitForAll")) {
            waitsNoMore = true;
        } else if (event instanceof Event.NodeDied || event instanceof Event.NodeStarted) {
            views.remove(step.node());
        }
    }

    private void witnessed(long ring, NodeId node) {
        witnessed.computeIfAbsent(ring, sequence -> new TreeSet<>()).add(node);
        if (witnessed.size() > MAX_RINGS) {
            witnessed.pollFirstEntry();
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
                view.installed.entrySet().stream().anyMatch(ring -> isQuorum(ring.getKey(), ring.getValue())),
                "Q2",
                step,
                () -> LifeId.of(step) + " is quorate with none of " + view.installed);
    }

    /** By some way in which votes were ever counted; by which it has to be, the state says when the epoch is open. */
    private boolean isQuorum(long ring, Collection<NodeId> members) {
        return ballots.any(ballot -> isQuorum(ballot, ring, members));
    }

    private boolean isQuorum(Ballot ballot, long ring, Collection<NodeId> members) {
        return ballot.isQuorum(members)
                || (!Collections.disjoint(witnessed.getOrDefault(ring, Collections.emptySortedSet()), members)
                        && ballot.isQuorumWithWitness(members));
    }

    /** The first state of an epoch says how its votes had to be counted. */
    private void began(TraceRecord step, ClusterState state) {
        View view = view(step);
        if (state.version().epoch() == view.lastEpoch && !view.begun) {
            view.begun = true;
            findings.require(
                    isQuorum(Ballot.of(state), view.lastEpoch, view.quorumMembers),
                    "Q2",
                    step,
                    () -> LifeId.of(step) + " opens an epoch with the votes of " + view.quorumMembers + ", by "
                            + Ballot.of(state));
        }
    }

    private void votesCounted(TraceRecord step, long ring) {
        SortedSet<NodeId> members = view(step).installed.getOrDefault(ring, Collections.emptySortedSet());
        findings.require(
                isQuorum(ring, members),
                "Q2",
                step,
                () -> LifeId.of(step) + " counts the votes of " + members + " as a quorum");
        waited(step, ring, members);
    }

    /**
     * A life is through with waiting when it saw all together, or is quorate with one that is. It need not last: the votes
     * count when all members of a ring were heard, and what one of them has seen holds for its life, even if the ring breaks
     * before its epoch opens.
     */
    private void waited(TraceRecord step, long epoch, SortedSet<NodeId> members) {
        boolean isThrough = ballots.any(ballot -> ballot.isComplete(members))
                || installers.getOrDefault(epoch, new TreeSet<>()).stream().anyMatch(throughWithWaiting::contains);
        findings.require(
                isThrough || waitsNoMore || !policy.quorum().waitForAll(),
                "Q4",
                step,
                () -> LifeId.of(step) + " is quorate with " + members + ", of whom none has seen all nodes together");
        throughWithWaiting.add(LifeId.of(step));
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
        SortedSet<NodeId> members = view.installed.getOrDefault(epoch, Collections.emptySortedSet());
        partition(step, view, epoch, members);
        waited(step, epoch, members);
        view.lastEpoch = epoch;
        view.begun = false;
        view.installed.headMap(epoch).clear();
        if (installers.size() > MAX_RINGS) {
            installers.pollFirstEntry();
        }
    }

    /** The members whose votes made the epoch quorate. */
    private void partition(TraceRecord step, View view, long epoch, SortedSet<NodeId> members) {
        view.quorumMembers = members;
        findings.require(
                isQuorum(epoch, members),
                "Q2",
                step,
                () -> LifeId.of(step) + " opens an epoch with the votes of " + members);
        views.forEach((node, other) -> findings.require(
                other.quorumMembers.isEmpty() || !Collections.disjoint(other.quorumMembers, members) || isOver(other),
                "Q1",
                step,
                () -> "partitions " + members + " and " + other.quorumMembers + " are both quorate"));
    }

    /**
     * One of its members has opened a later epoch with others. While it did, votes may have been changed, so that this epoch's members
     * need not be among the next one's; who has slept through all of it finds that his lease is over.
     */
    private boolean isOver(View view) {
        return view.quorumMembers.stream()
                .map(member -> views.get(member.value()))
                .anyMatch(member -> member != null && member.lastEpoch > view.lastEpoch);
    }

    private static final class View {
        private SortedSet<NodeId> quorumMembers = Collections.emptySortedSet();
        private final TreeMap<Long, SortedSet<NodeId>> installed = new TreeMap<>();
        private long lastEpoch;
        private boolean begun;
        private boolean quorate;
    }
}
