package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.QuorumRule;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How one node counts quorum over the life of a cluster, as the reference does: each node for itself, from what the members of
 * its ring say of themselves. Immutable; each method is an event, and gives the node's new state.
 *
 * <pre>
 *   started -> ringInstalled -> heard, from each member -> ringComplete -> ringInstalled ...
 *              windowElapsed, deviceVoted, expectedVotesSet, votesSet, waitForAllCancelled: at any time
 * </pre>
 *
 * @param settings the same on all nodes
 * @param self this node
 * @param known what the members of its ring said last
 * @param members of its ring
 * @param previous members of the ring before
 * @param lastQuorate members of the last ring that had a majority here
 * @param tally numbers and flags
 * @param verdict the last one
 */
public record Votequorum(
        VotequorumSettings settings,
        NodeId self,
        SortedMap<NodeId, NodeInfo> known,
        SortedSet<NodeId> members,
        SortedSet<NodeId> previous,
        SortedSet<NodeId> lastQuorate,
        Tally tally,
        QuorumVerdict verdict) {

    /**
     * Numbers and flags.
     *
     * @param quorate whether this node is
     * @param expectedVotes of the whole cluster
     * @param threshold as judged last
     * @param barrier expected votes don't fall below it when nodes leave: as configured, or as an operator set it
     * @param trackedVotes the most ever expected, to be kept on disk; 0 unless they are tracked
     * @param waitForAll whether all have to be seen together
     * @param deviceVote whether the device gives this node its vote
     * @param windowRuns whether the window of last_man_standing runs
     */
    public record Tally(
            boolean quorate,
            int expectedVotes,
            int threshold,
            int barrier,
            int trackedVotes,
            WaitForAll waitForAll,
            boolean deviceVote,
            boolean windowRuns) {

        Tally judged(QuorumVerdict verdict, int newThreshold) {
            boolean waiting = verdict.rule() == QuorumRule.WAIT_FOR_ALL;
            return new Tally(
                    verdict.quorate(),
                    expectedVotes,
                    newThreshold,
                    barrier,
                    trackedVotes,
                    waiting ? waitForAll : verdict.waitForAll(),
                    deviceVote,
                    windowRuns);
        }

        Tally expecting(int votes, int tracked) {
            return new Tally(quorate, votes, threshold, barrier, tracked, waitForAll, deviceVote, windowRuns);
        }

        Tally withBarrier(int votes) {
            return new Tally(
                    quorate, expectedVotes, threshold, votes, trackedVotes, waitForAll, deviceVote, windowRuns);
        }

        Tally withWaitForAll(WaitForAll value) {
            return new Tally(quorate, expectedVotes, threshold, barrier, trackedVotes, value, deviceVote, windowRuns);
        }

        Tally withDeviceVote(boolean value) {
            return new Tally(quorate, expectedVotes, threshold, barrier, trackedVotes, waitForAll, value, windowRuns);
        }

        Tally withWindow(boolean runs) {
            return new Tally(quorate, expectedVotes, threshold, barrier, trackedVotes, waitForAll, deviceVote, runs);
        }
    }

    public Votequorum {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(self, "self");
        known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        previous = Collections.unmodifiableSortedSet(new TreeSet<>(previous));
        lastQuorate = Collections.unmodifiableSortedSet(new TreeSet<>(lastQuorate));
        Objects.requireNonNull(tally, "tally");
        Objects.requireNonNull(verdict, "verdict");
    }

    /** A node alone, as it starts; {@code trackedVotes} from its disk, 0 if there are none. */
    public static Votequorum started(VotequorumSettings settings, NodeId self, int trackedVotes) {
        int expected = Math.max(settings.expectedVotes(), trackedVotes);
        WaitForAll waitForAll = WaitForAll.atStart(settings.options());
        Tally tally = new Tally(false, expected, 0, expected, trackedVotes, waitForAll, false, false);
        NodeInfo own = new NodeInfo(self, settings.votes().getOrDefault(self, 1), expected, false, false, waitForAll);
        TreeMap<NodeId, NodeInfo> known = new TreeMap<>();
        known.put(self, own);
        SortedSet<NodeId> none = Collections.emptySortedSet();
        QuorumVerdict verdict = new QuorumVerdict(false, 0, 0, expected, QuorumRule.MAJORITY, "", waitForAll, none, 0);
        return new Votequorum(settings, self, known, none, none, none, tally, verdict).recounted(false, false);
    }

    public boolean quorate() {
        return tally.quorate();
    }

    /**
     * What this node says of itself. In the reference that is what it heard of itself last, if it has not judged since: a node
     * that waits for all does not.
     */
    public NodeInfo announcement() {
        NodeInfo own = Objects.requireNonNull(known.get(self));
        return new NodeInfo(self, own.votes(), tally.expectedVotes(), own.quorate(), false, own.waitForAll());
    }

    /** A new ring; those who are not in it are gone. The device's vote was for the old ring, and is void. */
    public Votequorum ringInstalled(Collection<NodeId> ring) {
        TreeMap<NodeId, NodeInfo> left = new TreeMap<>(known);
        left.keySet().retainAll(ring);
        Tally next = tally.withDeviceVote(false).withWindow(tally.windowRuns() || opensWindow(ring, left));
        return new Votequorum(settings, self, left, new TreeSet<>(ring), members, lastQuorate, next, verdict);
    }

    /**
     * last_man_standing: somebody is lost and quorum is kept; or a tie breaker may have kept it. The reference looks at the
     * lowest number here, whatever the tie breaker.
     */
    private boolean opensWindow(Collection<NodeId> ring, SortedMap<NodeId, NodeInfo> left) {
        boolean lost = !ring.containsAll(members);
        boolean tieBreaker = !settings.options().tieBreaker().isNone()
                && !lastQuorate.isEmpty()
                && left.containsKey(lastQuorate.first());
        return settings.lastManStanding()
                && ((ring.size() >= tally.threshold() && lost) || (ring.size() <= tally.threshold() && tieBreaker));
    }

    /** A member said something of itself. */
    public Votequorum heard(NodeInfo info) {
        boolean leads = !tally.quorate() && info.quorate();
        Tally next = leads ? tally.expecting(info.expectedVotes(), tally.trackedVotes()) : tally;
        boolean counts = info.quorate() || settings.options().expectedVotesTracking();
        NodeInfo noted = counts ? info : info.withExpectedVotes(next.expectedVotes());
        TreeMap<NodeId, NodeInfo> all = new TreeMap<>(known);
        NodeInfo before = all.put(info.node(), noted);
        if (info.leaving()) {
            all.remove(info.node());
        }
        Votequorum heard = new Votequorum(settings, self, all, members, previous, lastQuorate, next, verdict);
        boolean changed = info.node().equals(self) || !noted.equals(before);
        Votequorum counted = changed ? heard.recounted(leads || info.leaving(), info.leaving()) : heard;
        NodeInfo now = counted.known.getOrDefault(info.node(), info);
        boolean seenByOthers = now.quorate() && now.waitForAll() == WaitForAll.OVER;
        return seenByOthers ? counted.waitingNoMore() : counted;
    }

    private Votequorum waitingNoMore() {
        Votequorum over = with(tally.withWaitForAll(WaitForAll.OVER));
        NodeInfo own = known.get(self);
        return own == null ? over : over.saying(own.quorate(), WaitForAll.OVER);
    }

    /** What this node says of itself from now on. */
    private Votequorum saying(boolean quorate, WaitForAll waitForAll) {
        TreeMap<NodeId, NodeInfo> all = new TreeMap<>(known);
        all.computeIfPresent(
                self,
                (id, own) -> new NodeInfo(id, own.votes(), own.expectedVotes(), quorate, own.leaving(), waitForAll));
        return new Votequorum(settings, self, all, members, previous, lastQuorate, tally, verdict);
    }

    /** All members of the ring have been heard. */
    public Votequorum ringComplete() {
        return recounted(false, false);
    }

    /** last_man_standing: whoever is quorate after the window expects only those who are there. */
    public Votequorum windowElapsed() {
        Votequorum next = with(tally.withWindow(false));
        return tally.windowRuns() && tally.quorate() ? next.recounted(true, true) : next;
    }

    /** The device gave or withdrew its vote, for the present ring. */
    public Votequorum deviceVoted(boolean vote) {
        return with(tally.withDeviceVote(vote)).recounted(false, false);
    }

    /** An operator said how many votes to expect. */
    public Votequorum expectedVotesSet(int votes) {
        int expected = Math.max(votes, tally.trackedVotes());
        return with(tally.withBarrier(votes)).expectingOfAll(expected).recounted(true, false);
    }

    /** An operator changed the votes of a node. */
    public Votequorum votesSet(NodeId node, int votes) {
        TreeMap<NodeId, NodeInfo> all = new TreeMap<>(known);
        all.computeIfPresent(node, (id, info) -> info.withVotes(votes));
        return new Votequorum(settings, self, all, members, previous, lastQuorate, tally, verdict)
                .recounted(true, false);
    }

    /** An operator said that those who are missing won't come ({@code cancel_wait_for_all}). */
    public Votequorum waitForAllCancelled() {
        return waitingNoMore().recounted(false, false);
    }

    /**
     * Counts the votes of those who are known, and judges.
     *
     * @param mayFall whether the threshold may be less than before
     * @param byPresent whether only those who are there are expected from now on
     */
    private Votequorum recounted(boolean mayFall, boolean byPresent) {
        Votequorum next = byPresent ? expectingOfAll(expectedOfPresent()) : expectingNoLessThanPresent();
        return next.judged(mayFall);
    }

    private int expectedOfPresent() {
        int seats = known.size() + (settings.deviceVotes() > 0 ? 1 : 0);
        return settings.options().allowDownscale() ? Math.max(tally.barrier(), seats) : seats;
    }

    private Votequorum expectingNoLessThanPresent() {
        int present = settings.deviceVotes()
                + known.values().stream().mapToInt(NodeInfo::votes).sum();
        int expected = Math.max(tally.expectedVotes(), present);
        return with(tally.expecting(expected, tracked(expected)));
    }

    private Votequorum expectingOfAll(int votes) {
        TreeMap<NodeId, NodeInfo> all = new TreeMap<>(known);
        all.replaceAll((node, info) -> info.withExpectedVotes(votes));
        Tally next = tally.expecting(votes, tracked(votes));
        return new Votequorum(settings, self, all, members, previous, lastQuorate, next, verdict);
    }

    /** expected_votes_tracking: it only ever rises. */
    private int tracked(int expected) {
        return settings.options().expectedVotesTracking() ? Math.max(tally.trackedVotes(), expected) : 0;
    }

    private Votequorum judged(boolean mayFall) {
        QuorumVerdict next = Quorum.judge(input(mayFall ? 0 : tally.threshold()));
        boolean judged = next.rule() != QuorumRule.WAIT_FOR_ALL;
        SortedSet<NodeId> majority = judged && next.hasMajority() ? new TreeSet<>(known.keySet()) : lastQuorate;
        Tally after = tally.judged(next, next.threshold());
        Votequorum counted = new Votequorum(settings, self, known, members, previous, majority, after, next);
        return judged ? counted.saying(next.quorate(), after.waitForAll()) : counted;
    }

    private QuorumInput input(int floor) {
        TreeMap<NodeId, Integer> votes = new TreeMap<>(settings.votes());
        known.forEach((node, info) -> votes.put(node, info.votes()));
        QuorumMemory memory = new QuorumMemory(
                tally.expectedVotes(), highestExpected(), floor, tally.waitForAll(), previous, lastQuorate);
        DeviceVote device = new DeviceVote(settings.deviceVotes(), tally.deviceVote());
        return new QuorumInput(settings.options(), votes, new TreeSet<>(known.keySet()), device, memory);
    }

    /** The most votes that a member of the ring expects of the whole cluster. */
    public int highestExpected() {
        return known.values().stream().mapToInt(this::expectedBy).reduce(0, Math::max);
    }

    /** What this node expects is what it expects now, and not what it said last. */
    private int expectedBy(NodeInfo info) {
        return info.node().equals(self) ? tally.expectedVotes() : info.expectedVotes();
    }

    private Votequorum with(Tally next) {
        return new Votequorum(settings, self, known, members, previous, lastQuorate, next, verdict);
    }
}
