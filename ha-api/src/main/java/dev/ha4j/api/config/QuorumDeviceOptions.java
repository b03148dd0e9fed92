package dev.ha4j.api.config;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a quorum device counts ({@code quorum.device}).
 *
 * @param votes of the device ({@code votes}); empty for one less than there are nodes, which needs one vote for each node.
 *     The algorithm ffsplit takes 1
 * @param masterWins whether a partition to which the device gives its vote is quorate whatever the sum ({@code master_wins})
 * @param timeout after which a silent device has withdrawn its vote ({@code timeout}, 10 s)
 * @param syncTimeout the same while a new ring waits for the device ({@code sync_timeout}, 30 s)
 */
public record QuorumDeviceOptions(OptionalInt votes, boolean masterWins, Duration timeout, Duration syncTimeout) {

    /** As many votes as make one node and the device a majority. */
    public static final QuorumDeviceOptions DEFAULTS =
            new QuorumDeviceOptions(OptionalInt.empty(), false, Duration.ofSeconds(10), Duration.ofSeconds(30));

    public QuorumDeviceOptions {
        Objects.requireNonNull(votes, "votes");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(syncTimeout, "syncTimeout");
    }

    public QuorumDeviceOptions withVotes(int value) {
        return new QuorumDeviceOptions(OptionalInt.of(value), masterWins, timeout, syncTimeout);
    }

    public QuorumDeviceOptions withMasterWins() {
        return new QuorumDeviceOptions(votes, true, timeout, syncTimeout);
    }
}
