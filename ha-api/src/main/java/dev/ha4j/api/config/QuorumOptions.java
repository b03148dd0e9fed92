package dev.ha4j.api.config;

import java.util.OptionalInt;

/**
 * How quorum is counted.
 *
 * @param expectedVotes votes of the whole cluster ({@code expected_votes}); empty for the sum over the configured nodes
 * @param waitForAll whether the cluster becomes quorate for the first time only with all nodes present ({@code wait_for_all})
 */
public record QuorumOptions(OptionalInt expectedVotes, boolean waitForAll) {

    /** Majority of all configured votes, without waiting for all. */
    public static final QuorumOptions DEFAULTS = new QuorumOptions(OptionalInt.empty(), false);
}
