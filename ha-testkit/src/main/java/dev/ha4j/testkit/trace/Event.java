package dev.ha4j.testkit.trace;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Notice;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.totem.RingId;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/**
 * One step of a simulation. What a node does stands beside what really is ({@link Truth}), which no node can see; guarantees
 * are judged by the latter.
 */
public sealed interface Event {

    /** Name of the event's type, as traces and counters show it. */
    default String type() {
        return getClass().getSimpleName();
    }

    /** Ground truth: known to the simulator alone. */
    sealed interface Truth extends Event {}

    /** A process was started on the host; its number of life is the record's. {@code torn} writes were found half done. */
    record NodeStarted(String incarnation, int featureLevel, boolean diskKept, int torn) implements Truth {}

    /** A life is over; nothing of it runs from here on. */
    record NodeDied(String cause) implements Truth {}

    record NodeFroze() implements Truth {}

    record NodeWoke(long frozenNanos) implements Truth {}

    record FaultBegan(String fault) implements Truth {}

    record FaultEnded(String fault) implements Truth {}

    /** From here on no fault is injected, and all is repaired. */
    record Healed() implements Truth {}

    /** What the host's disk has from here on, even if the power fails now. */
    record Persisted(StateVersion version) implements Truth {}

    /** Whether writes and forces of the host's disk fail from here on. */
    record DiskFailing(boolean failing) implements Truth {}

    /** The token came back and was accepted; this node had first passed it on at that instant. */
    record TokenReturned(RingId ring, long passedOnAtNanos) implements Truth {}

    /**
     * The token was sent to a node that is not next in turn, for it had asked.
     *
     * @param lender who had it in its turn: the sender, or one of those before
     */
    record TokenLent(RingId ring, NodeId lender, NodeId borrower) implements Truth {}

    /** A commit token of a ring that may become one was passed on. */
    record Forming(RingId ring) implements Truth {}

    /** A message of the ring before is sent once more, to those who may lack it. */
    record OldMessageRepeated(RingId ring) implements Truth {}

    /** A fence device was told to switch a host off, and what it makes of it; empty if the target was never seen. */
    record FenceCommand(NodeId target, String device, String behaviour, String aimedAt) implements Truth {}

    /** The device's answer. {@code hostOff} is whether the life that was aimed at is really over. */
    record FenceAnswer(NodeId target, String device, String answer, boolean hostOff) implements Truth {}

    /** User code of a resource is active from here on; {@code token} 0 outside of exclusive roles. */
    record RoleEntered(String resource, boolean exclusive, long token) implements Truth {}

    record RoleExited(String resource, boolean exclusive, String cause) implements Truth {}

    /** A thread of the resource found its term held. */
    record Held(String resource, long token) implements Truth {}

    /** A thread found a term not held that it had found held before, or at its first look. */
    record NotHeld(String resource, long token) implements Truth {}

    /** A write reached the storage, which refuses tokens older than the newest seen if it {@code guards}. */
    record Acted(String resource, long token, boolean accepted, boolean guards) implements Truth {}

    record OperationBegan(String resource, String operation, String reason) implements Truth {}

    /** A resource hears what is about to be done with its peers, or was done, and which of them are active, as {@code a=PROMOTED}. */
    record NoticeHeard(String resource, boolean before, String operation, List<String> nodes, List<String> active)
            implements Truth {

        /** One for each operation of which the notice speaks. */
        public static List<NoticeHeard> of(String resource, Notice notice) {
            List<String> active =
                    notice.active().entrySet().stream().map(String::valueOf).toList();
            return notice.operations().entrySet().stream()
                    .map(told -> new NoticeHeard(
                            resource,
                            notice.isBefore(),
                            told.getKey().name().toLowerCase(Locale.ROOT),
                            List.copyOf(told.getValue()),
                            active))
                    .toList();
        }
    }

    record OperationEnded(String resource, String operation, boolean ok) implements Truth {}

    /** A message was given its place in the order of a ring, and sent for the first time. */
    record Sent(RingId ring, long submission, long digest, int bytes) implements Event {}

    record Indeterminate(long submission) implements Event {}

    record Delivered(
            RingId ring,
            long sequence,
            NodeId sender,
            long submission,
            long digest,
            boolean safe,
            boolean inTransitional)
            implements Event {}

    record TransitionalInstalled(
            RingId oldRing,
            RingId newRing,
            SortedSet<NodeId> members,
            SortedSet<NodeId> left,
            SortedSet<NodeId> leftCleanly)
            implements Event {}

    record RegularInstalled(
            RingId ring,
            SortedSet<NodeId> members,
            SortedSet<NodeId> joined,
            SortedSet<NodeId> left,
            SortedSet<NodeId> leftCleanly)
            implements Event {}

    /** The ring starts over. */
    record Gathering(String reason) implements Event {}

    record RingLeft() implements Event {}

    record RingFailed(String reason) implements Event {}

    /** All members of the ring were heard, and whether that is a quorum; its epoch may open later, or never. */
    record VotesCounted(long ring, boolean quorate) implements Event {}

    /** The witness gave a process its vote for the ring, or it does not count there any longer. */
    record DeviceVoted(long ring, boolean granted) implements Truth {}

    /** The witness's vote for an earlier ring reached a process that has asked for this one. */
    record OldVoteHeard(long ring) implements Truth {}

    /** A process was given another quorum device while it ran, or refused to take it because the one that it has may vote. */
    record DeviceGiven(boolean taken) implements Truth {}

    /** A node heard whom the members of its ring ask as their quorum device; how many arbiters those are. */
    record ArbitersNamed(int arbiters) implements Event {}

    record QuorumChanged(boolean quorate, String explanation) implements Event {}

    /** In an era of its own, if that was at an operator's word. */
    record EpochOpened(long era, long epoch, NodeId controller) implements Event {

        public EpochOpened(long epoch, NodeId controller) {
            this(0, epoch, controller);
        }
    }

    /** A command was applied, or a newer state adopted. Traces on disk show its version only. */
    record StateApplied(ClusterState state) implements Event {}

    record TermGranted(String resource, long token, StateVersion grantedAt) implements Event {}

    record TermEnded(String resource, long token, String reason) implements Event {}

    /** A fencing became part of the replicated history. */
    record FenceRecorded(long operation, NodeId target, String incarnation, String outcome, String level, String by)
            implements Event {}

    /** Somebody asks the cluster for something; {@code key} and {@code value} name an attribute if it is to be set. */
    record RequestMade(long request, String what, String key, String value) implements Event {}

    /** The answer; the version is 0.0 unless it was applied. */
    record RequestEnded(long request, String result, StateVersion version) implements Event {}

    /** The node was told to hand over and leave. */
    record LeaveBegan() implements Truth {}

    /** One line of the node's own timeline. */
    record Timeline(String text) implements Event {}

    record NodeStopped(String reason) implements Event {}

    record NodeHalted(String reason) implements Event {}
}
