package dev.ha4j.api.config;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How quorum is counted, with the options of votequorum(5). Immutable; which options exclude each other says {@link
 * #conflicts}, and which of them a cluster can't run yet says {@link ClusterConfigBuilder#build}.
 *
 * @param expectedVotes votes of the whole cluster ({@code expected_votes}); empty for the sum over the configured nodes and
 *     the quorum device
 * @param twoNode whether each of two nodes may go on alone ({@code two_node}); implies {@code waitForAll}
 * @param waitForAll whether the cluster becomes quorate for the first time only with all nodes present ({@code wait_for_all})
 * @param tieBreaker which of two equal halves goes on ({@code auto_tie_breaker}, {@code auto_tie_breaker_node})
 * @param lastManStanding after how long with fewer nodes these are all that is expected ({@code last_man_standing_window},
 *     10 s in the reference); empty for never ({@code last_man_standing})
 * @param allowDownscale whether a node that leaves cleanly is no longer expected ({@code allow_downscale}); implies {@code
 *     expectedVotesTracking}
 * @param expectedVotesTracking whether the most votes ever expected are remembered on disk ({@code expected_votes_tracking})
 * @param device an arbiter outside of the cluster ({@code quorum.device})
 */
public record QuorumOptions(
        OptionalInt expectedVotes,
        boolean twoNode,
        boolean waitForAll,
        TieBreaker tieBreaker,
        Optional<Duration> lastManStanding,
        boolean allowDownscale,
        boolean expectedVotesTracking,
        Optional<QuorumDeviceOptions> device) {

    /** Majority of all configured votes, without waiting for all. */
    public static final QuorumOptions DEFAULTS = new QuorumOptions(
            OptionalInt.empty(), false, false, TieBreaker.NONE, Optional.empty(), false, false, Optional.empty());

    /** The reference's default for {@link #lastManStanding}. */
    public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(10);

    public QuorumOptions {
        Objects.requireNonNull(expectedVotes, "expectedVotes");
        Objects.requireNonNull(tieBreaker, "tieBreaker");
        Objects.requireNonNull(lastManStanding, "lastManStanding");
        Objects.requireNonNull(device, "device");
        waitForAll |= twoNode;
        expectedVotesTracking |= allowDownscale;
    }

    /** What excludes each other, among these options and for these nodes; each with its reason and remedy. */
    public List<Violation> conflicts(List<NodeSpec> nodes) {
        return new QuorumConflicts(this, nodes).find();
    }

    /** The votes of the device, when these nodes are configured: by default so many that one node and the device suffice. */
    public int deviceVotes(List<NodeSpec> nodes) {
        return device.map(options -> options.votes().orElse(nodes.size() - 1)).orElse(0);
    }

    public QuorumOptions withExpectedVotes(int votes) {
        return new QuorumOptions(
                OptionalInt.of(votes),
                twoNode,
                waitForAll,
                tieBreaker,
                lastManStanding,
                allowDownscale,
                expectedVotesTracking,
                device);
    }

    public QuorumOptions withTwoNode() {
        return new QuorumOptions(
                expectedVotes, true, true, tieBreaker, lastManStanding, allowDownscale, expectedVotesTracking, device);
    }

    public QuorumOptions withWaitForAll() {
        return new QuorumOptions(
                expectedVotes,
                twoNode,
                true,
                tieBreaker,
                lastManStanding,
                allowDownscale,
                expectedVotesTracking,
                device);
    }

    public QuorumOptions withTieBreaker(TieBreaker value) {
        return new QuorumOptions(
                expectedVotes,
                twoNode,
                waitForAll,
                value,
                lastManStanding,
                allowDownscale,
                expectedVotesTracking,
                device);
    }

    public QuorumOptions withLastManStanding(Duration window) {
        return new QuorumOptions(
                expectedVotes,
                twoNode,
                waitForAll,
                tieBreaker,
                Optional.of(window),
                allowDownscale,
                expectedVotesTracking,
                device);
    }

    public QuorumOptions withAllowDownscale() {
        return new QuorumOptions(expectedVotes, twoNode, waitForAll, tieBreaker, lastManStanding, true, true, device);
    }

    public QuorumOptions withExpectedVotesTracking() {
        return new QuorumOptions(
                expectedVotes, twoNode, waitForAll, tieBreaker, lastManStanding, allowDownscale, true, device);
    }

    public QuorumOptions withDevice(QuorumDeviceOptions value) {
        return device(Optional.of(value));
    }

    public QuorumOptions withoutDevice() {
        return device(Optional.empty());
    }

    private QuorumOptions device(Optional<QuorumDeviceOptions> value) {
        return new QuorumOptions(
                expectedVotes,
                twoNode,
                waitForAll,
                tieBreaker,
                lastManStanding,
                allowDownscale,
                expectedVotesTracking,
                value);
    }
}
