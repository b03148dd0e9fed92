package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What earlier judgements left behind, as far as the next one depends on it.
 *
 * @param expectedVotes of the whole cluster
 * @param highestExpected by any member; not less than its own are expected
 * @param floor the threshold may not fall below it; 0 where it may fall
 * @param waitForAll whether all nodes still have to be seen together
 * @param previous members before this ring
 * @param lastQuorate members of the last partition that had a majority, for the tie breaker
 */
public record QuorumMemory(
        int expectedVotes,
        int highestExpected,
        int floor,
        WaitForAll waitForAll,
        SortedSet<NodeId> previous,
        SortedSet<NodeId> lastQuorate) {

    public QuorumMemory {
        Objects.requireNonNull(waitForAll, "waitForAll");
        previous = Collections.unmodifiableSortedSet(new TreeSet<>(previous));
        lastQuorate = Collections.unmodifiableSortedSet(new TreeSet<>(lastQuorate));
    }

    /** As if all configured nodes had just been together: what is quorate then depends on nothing but who is present. */
    public static QuorumMemory ofAll(int expectedVotes, WaitForAll waitForAll, SortedSet<NodeId> nodes) {
        return new QuorumMemory(expectedVotes, expectedVotes, 0, waitForAll, nodes, nodes);
    }
}
