package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.api.state.TermGrant;
import dev.ha4j.quorum.QuorumVerdict;
import java.util.SortedMap;

/** Hears what the controller does. Called on the controller's loop; must not block nor throw. */
public interface ControllerListener {

    /** A command was applied, or a newer state was adopted. */
    default void stateChanged(ClusterState state) {}

    /** What all members of this ring offered was counted. If they are quorate, an epoch opens unless the ring breaks before. */
    default void votesCounted(long ring, QuorumVerdict verdict) {}

    /** Quorum was judged anew. */
    default void quorumChanged(QuorumVerdict verdict) {}

    /**
     * A state exchange completed: from now on its members change the state.
     *
     * @param first version of the epoch, which is the sequence of the ring
     */
    default void epochOpened(StateVersion first, NodeId controller) {}

    /** This node was granted a term, and a quorum's disks know of it. */
    default void termGranted(TermGrant grant) {}

    /** A term of this node is over. */
    default void termEnded(TermGrant grant, String reason) {}

    /** Whom the members of the present ring ask as their quorum device, as far as they have said it. */
    default void arbitersNamed(SortedMap<NodeId, String> arbiters) {}

    /**
     * What the quorum device is worth to this node.
     *
     * @param granted whether it gives its vote to the present ring
     * @param countsAtNextLoss whether nobody else can have had it since the newest epoch
     */
    default void deviceVoted(boolean granted, boolean countsAtNextLoss) {}

    default void fenced(FenceRecord record) {}

    /** One line for the timeline: what a person wants to know of a failover, in words. */
    default void timeline(String event) {}

    /** This node can't go on as a member (an unknown command, a failed disk): it has to leave the ring and stop its resources. */
    void stopNode(String reason);

    /** The lease is over and exclusive roles did not stop in time: end this process, or the machine, if that is allowed. */
    void halt(String reason);
}
