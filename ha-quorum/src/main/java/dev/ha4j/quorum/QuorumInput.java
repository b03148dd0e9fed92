package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumOptions;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What quorum is judged from.
 *
 * @param options how votes are counted
 * @param votes of each configured node
 * @param members of this partition; one that is not configured has no vote
 * @param waitForAll the members' status before this judgement, see {@link WaitForAll#with}
 * @param device what the quorum device adds
 */
public record QuorumInput(
        QuorumOptions options,
        SortedMap<NodeId, Integer> votes,
        SortedSet<NodeId> members,
        WaitForAll waitForAll,
        DeviceVote device) {

    public QuorumInput {
        Objects.requireNonNull(options, "options");
        votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        Objects.requireNonNull(waitForAll, "waitForAll");
        Objects.requireNonNull(device, "device");
    }

    /** The input of a cluster without a quorum device. */
    public static QuorumInput of(ClusterPolicy policy, SortedSet<NodeId> members, WaitForAll waitForAll) {
        TreeMap<NodeId, Integer> votes = new TreeMap<>();
        for (NodeSpec node : policy.nodes()) {
            votes.put(node.id(), node.votes());
        }
        return new QuorumInput(policy.quorum(), votes, members, waitForAll, DeviceVote.NONE);
    }
}
