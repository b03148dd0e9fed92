package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumOptions;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node counts by, the same on all nodes.
 *
 * @param options how votes are counted
 * @param votes of each configured node
 * @param deviceVotes of the quorum device; 0 without one
 */
public record VotequorumSettings(QuorumOptions options, SortedMap<NodeId, Integer> votes, int deviceVotes) {

    public VotequorumSettings {
        Objects.requireNonNull(options, "options");
        votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
    }

    public static VotequorumSettings of(QuorumOptions options, List<NodeSpec> nodes) {
        TreeMap<NodeId, Integer> votes = new TreeMap<>();
        nodes.forEach(node -> votes.put(node.id(), node.votes()));
        return new VotequorumSettings(options, votes, options.deviceVotes(nodes));
    }

    int expectedVotes() {
        int sum = votes.values().stream().mapToInt(Integer::intValue).sum();
        return options.expectedVotes().orElse(sum + deviceVotes);
    }

    boolean lastManStanding() {
        return options.lastManStanding().isPresent();
    }
}
