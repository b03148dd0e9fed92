package dev.ha4j.api.report;

import java.util.Objects;

/**
 * Whether this node belongs to the one partition that may act.
 *
 * @param quorate whether it does
 * @param explanation in one sentence, with the votes
 */
public record QuorumReport(boolean quorate, String explanation) {

    public QuorumReport {
        Objects.requireNonNull(explanation, "explanation");
    }
}
