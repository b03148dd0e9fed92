package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.TieBreaker;
import java.util.SortedSet;

/** Which of two equal halves goes on ({@code auto_tie_breaker}). */
final class TieBreaking {

    private TieBreaking() {}

    /** Whether the half of these members is the one, by who was together before and in the last partition with a majority. */
    static boolean favours(
            TieBreaker tieBreaker,
            SortedSet<NodeId> members,
            SortedSet<NodeId> previous,
            SortedSet<NodeId> lastQuorate) {
        return switch (tieBreaker.kind()) {
            case NONE -> false;
            case LOWEST -> !lastQuorate.isEmpty() && members.contains(lastQuorate.first());
            case HIGHEST -> !lastQuorate.isEmpty() && members.contains(lastQuorate.last());
            case LIST -> firstPresent(tieBreaker, members, previous);
        };
    }

    /** The first of the list that is here decides, unless one that stands before it was there before: it may be alive. */
    private static boolean firstPresent(TieBreaker tieBreaker, SortedSet<NodeId> members, SortedSet<NodeId> previous) {
        for (NodeId node : tieBreaker.nodes()) {
            if (members.contains(node)) {
                return true;
            }
            if (previous.contains(node)) {
                return false;
            }
        }
        return false;
    }
}
