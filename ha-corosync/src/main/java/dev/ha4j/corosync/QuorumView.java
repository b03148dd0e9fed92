package dev.ha4j.corosync;

import dev.ha4j.api.NodeId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What this node makes of the votes; {@code corosync-quorumtool} shows the same on the others.
 *
 * @param quorate whether the partition may act for the cluster
 * @param expectedVotes of the whole cluster
 * @param highestExpected the most that a member expects: quorum is counted by it
 * @param totalVotes of those who are there
 * @param quorum votes that are needed
 * @param votes of each member
 * @param twoNode whether each of two nodes may go on alone
 * @param waitForAll whether all nodes have to be seen together before the first quorum
 * @param waitingForAll whether they still have to be, before the next quorum
 * @param explanation one sentence for people
 */
public record QuorumView(
        boolean quorate,
        int expectedVotes,
        int highestExpected,
        int totalVotes,
        int quorum,
        SortedMap<NodeId, Integer> votes,
        boolean twoNode,
        boolean waitForAll,
        boolean waitingForAll,
        String explanation) {

    public QuorumView {
        votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
    }
}
