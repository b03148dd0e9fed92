package dev.ha4j.api.report;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether this node belongs to the one partition that may act.
 *
 * @param quorate whether it does
 * @param votes that its partition has
 * @param threshold votes that it needs
 * @param expected votes of the whole cluster
 * @param rule by which it was decided; empty before the first decision and after the node's end
 * @param explanation in one sentence, with the votes
 */
public record QuorumReport(
        boolean quorate, int votes, int threshold, int expected, Optional<QuorumRule> rule, String explanation) {

    public QuorumReport {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(explanation, "explanation");
    }

    /** Not quorate, because nothing was counted. */
    public static QuorumReport uncounted(String reason) {
        return new QuorumReport(false, 0, 0, 0, Optional.empty(), reason);
    }
}
