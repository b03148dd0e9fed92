package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.QuorumRule;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether a partition may act for the cluster.
 *
 * @param quorate the answer
 * @param votes that it has
 * @param threshold votes that it needs
 * @param expected votes of the whole cluster
 * @param rule that decided
 * @param explanation one sentence for people
 * @param waitForAll status to carry to the next judgement
 * @param counted nodes whose votes these are
 * @param deviceVotes votes of the quorum device among them
 */
public record QuorumVerdict(
        boolean quorate,
        int votes,
        int threshold,
        int expected,
        QuorumRule rule,
        String explanation,
        WaitForAll waitForAll,
        SortedSet<NodeId> counted,
        int deviceVotes) {

    public QuorumVerdict {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(waitForAll, "waitForAll");
        counted = Collections.unmodifiableSortedSet(new TreeSet<>(counted));
    }

    /** The same, in other words. */
    public QuorumVerdict because(String sentence) {
        return new QuorumVerdict(quorate, votes, threshold, expected, rule, sentence, waitForAll, counted, deviceVotes);
    }

    /** Whether the votes alone are enough, whatever other rules say. */
    public boolean hasMajority() {
        return votes >= threshold;
    }
}
