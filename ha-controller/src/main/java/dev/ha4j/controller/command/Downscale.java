package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.controller.command.StateCommand.ExcuseVoters;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whose votes are not expected for the time being: {@code lastManStanding} excuses who is missing for its window, {@code
 * allowDownscale} who leaves cleanly. Each time it is a change of the voters, and needs a quorum by the old and the new rule.
 * Who is back is expected again. Pure.
 */
public final class Downscale {

    private Downscale() {}

    /** Whose votes should not be expected, as things are. */
    public static SortedSet<NodeId> wanted(ClusterState state, boolean windowIsOver) {
        QuorumOptions options = state.policy().quorum();
        TreeSet<NodeId> wanted = new TreeSet<>();
        for (NodeSpec spec : state.policy().nodes()) {
            NodeId node = spec.id();
            boolean missing = !state.node(node).isMember();
            boolean excused = missing && state.voters().excused().contains(node);
            boolean outlasted =
                    missing && windowIsOver && options.lastManStanding().isPresent();
            if (excused || outlasted || (options.allowDownscale() && leaves(state, node))) {
                wanted.add(node);
            }
        }
        return wanted;
    }

    /** Whether the node has left, or is about to and has nothing active any more: it is excused while it can still agree. */
    private static boolean leaves(ClusterState state, NodeId node) {
        NodeStatus status = state.node(node);
        boolean goes = status.isMember()
                && status.leaving()
                && Operations.firstActive(state, node).isEmpty();
        return goes
                || (status.presence() == Presence.LEFT_CLEANLY
                        && status.incarnation().isPresent());
    }

    /** Whether a node that is about to leave has to wait until its vote is not expected any more. */
    public static boolean isAwaited(ClusterState state, NodeId node) {
        boolean expected = state.policy().node(node).isPresent()
                && !state.voters().excused().contains(node);
        return state.policy().quorum().allowDownscale() && expected;
    }

    static Result excuse(ClusterState state, ExcuseVoters excuse) {
        Optional<NodeId> unfounded = excuse.excused().stream()
                .filter(node -> !wanted(state, true).contains(node))
                .findFirst();
        if (unfounded.isPresent()) {
            return Result.refused("node " + unfounded.get() + " is expected");
        }
        return excuse.excused().equals(state.voters().excused())
                ? Result.refused("nobody else is expected")
                : VoterChanges.begin(state, state.policy(), excuse.excused(), "the cluster");
    }
}
