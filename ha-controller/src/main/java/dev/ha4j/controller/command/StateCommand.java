package dev.ha4j.controller.command;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.Intent;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.ParameterDigests;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.controller.OperationOutcome;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.Request;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A change of the replicated state. All members apply the same commands in the same order. */
public sealed interface StateCommand {

    /** Commands that only the designated controller may give; they carry the wall time of the cluster. */
    sealed interface ByController extends StateCommand {
        long wallMillis();
    }

    /** Commands that a member gives about itself and the life it is in. */
    sealed interface BySelf extends StateCommand {
        NodeId node();

        Incarnation incarnation();
    }

    /**
     * The state exchange of a ring completed. Never sent: each member derives it from the same offers at the same point.
     *
     * @param ring sequence of the ring, the new epoch
     * @param members who offered what
     * @param word an operator's, without which they would have no quorum
     */
    record OpenEpoch(long ring, List<Joiner> members, Optional<QuorumWord> word) implements StateCommand {
        public OpenEpoch {
            members = List.copyOf(members);
            Objects.requireNonNull(word, "word");
        }

        public OpenEpoch(long ring, List<Joiner> members) {
            this(ring, members, Optional.empty());
        }
    }

    /**
     * What a member brings into a new epoch.
     *
     * @param node who
     * @param incarnation its life
     * @param softwareLevel how new its software is
     * @param featureLevel the highest it knows
     * @param implemented names of the primitives that it can run
     * @param historyHolds whether what the state says about its operations is still true
     */
    record Joiner(
            NodeId node,
            Incarnation incarnation,
            int softwareLevel,
            int featureLevel,
            SortedSet<String> implemented,
            boolean historyHolds) {
        public Joiner {
            implemented = Collections.unmodifiableSortedSet(new TreeSet<>(implemented));
        }
    }

    /** Runs an operation; for an exclusive one, grants the term in the same step. */
    record OrderOperation(
            OperationKey key,
            Duration timeout,
            ReturnCode expected,
            boolean exclusive,
            SortedMap<String, String> parameters,
            ParameterDigests digests,
            Optional<NodeId> peer,
            String reason,
            long wallMillis)
            implements ByController {
        public OrderOperation {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        }
    }

    /** Lets a resource that runs hear what is about to be done with its peers; its key is that of the operation NOTIFY. */
    record Announce(OperationKey key, Duration timeout, Intent intent, long wallMillis) implements ByController {}

    record CancelMonitor(OperationKey key, long wallMillis) implements ByController {}

    record ClearFailures(NodeId node, String resource, long wallMillis) implements ByController {}

    /** The intent to fence: a first attempt, or the next one of an operation that is open. */
    record OrderFence(NodeId target, String reason, long wallMillis) implements ByController {}

    /** Tells a node that asked to leave that the cluster expects nothing active on it any more. */
    record Dismiss(NodeId node, long wallMillis) implements ByController {}

    /** The time has passed after which a lost node's lease has run out by all clocks. */
    record ExpireLease(NodeId node, Optional<Incarnation> incarnation, long wallMillis) implements ByController {}

    record RaiseFeatureLevel(int level, long wallMillis) implements ByController {}

    /** A quorum by the old and the new rule has the change of the voters on disk that began with this index: it is done. */
    record CompleteVoterChange(long since, long wallMillis) implements ByController {}

    /** The votes of these configured nodes are not expected until they are back, those of all others are. */
    record ExcuseVoters(SortedSet<NodeId> excused, long wallMillis) implements ByController {
        public ExcuseVoters {
            excused = Collections.unmodifiableSortedSet(new TreeSet<>(excused));
        }
    }

    /** The time is over for which an operator let the cluster go on without some: they are expected again. */
    record EndUnblocking(long wallMillis) implements ByController {}

    /** Carries the wall time on, when nothing else does. */
    record Tick(long wallMillis) implements ByController {}

    record FinishOperation(OperationKey key, long callId, OperationOutcome outcome) implements StateCommand {}

    record FinishFence(
            long operationId,
            NodeId target,
            Optional<Incarnation> incarnation,
            int attempt,
            FenceOutcome outcome,
            ProofLevel level,
            String by,
            String reason)
            implements StateCommand {}

    /**
     * A life that is in the ring, and was not a member since an earlier one was not proven over, says that it is by now. The
     * rules of {@link Entrance} hold.
     */
    record Enter(Joiner joiner) implements StateCommand {
        NodeId node() {
            return joiner.node();
        }
    }

    /** What a member's device confirmed to an operator while there was no quorum. */
    record TestifyFence(
            NodeId target,
            Optional<Incarnation> incarnation,
            ProofLevel level,
            String device,
            String orderedBy,
            String evidence)
            implements StateCommand {}

    /** A node wants its resources moved away, to leave. */
    record RequestLeave(NodeId node, Incarnation incarnation) implements BySelf {}

    /** A node that was dismissed has nothing active: from now on it counts as cleanly gone. */
    record LeaveCleanly(NodeId node, Incarnation incarnation) implements BySelf {}

    /** A node has stopped resources by itself: it has to be probed anew. */
    record ForgetHistory(NodeId node, Incarnation incarnation) implements BySelf {}

    record AnnounceImplemented(NodeId node, Incarnation incarnation, SortedSet<String> implemented) implements BySelf {
        public AnnounceImplemented {
            implemented = Collections.unmodifiableSortedSet(new TreeSet<>(implemented));
        }
    }

    /** Carries a request of an application or operator. */
    record Ask(RequestId id, Request request) implements StateCommand {}
}
