package dev.ha4j.quorum;

import java.util.Objects;

/**
 * Whether a partition may act for the cluster.
 *
 * @param quorate the answer
 * @param votes that it has
 * @param threshold votes that it needs
 * @param expected votes of the whole cluster
 * @param explanation one sentence for people
 * @param waitForAll status to carry to the next judgement
 */
public record QuorumVerdict(
        boolean quorate, int votes, int threshold, int expected, String explanation, WaitForAll waitForAll) {

    public QuorumVerdict {
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(waitForAll, "waitForAll");
    }
}
