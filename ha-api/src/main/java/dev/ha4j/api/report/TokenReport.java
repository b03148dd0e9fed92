package dev.ha4j.api.report;

import java.time.Duration;
import java.util.Objects;

/**
 * How the token goes round, as seen by one member.
 *
 * @param timeout without a token for this long the ring counts as broken: what is configured, or less where it adapts
 * @param rotations since the node's start
 * @param meanRotation time from one visit to the next, running mean over some hundred visits; an idle ring's token is held on purpose
 * @param longestRotation the longest that did not end in a loss
 * @param sinceLast age of the last visit; zero while there is no ring
 * @param late rotations that took more than three quarters of the token timeout: a warning ({@code token_warning})
 * @param lost token timeouts that ended a ring
 * @param retransmitted messages that this node has sent again for others
 * @param requested messages that this node has asked for again
 * @param backlogMessages messages that wait at all members, as the token said last
 * @param windowMessages messages that all may send in one rotation, as the token said last
 */
public record TokenReport(
        Duration timeout,
        long rotations,
        Duration meanRotation,
        Duration longestRotation,
        Duration sinceLast,
        long late,
        long lost,
        long retransmitted,
        long requested,
        int backlogMessages,
        int windowMessages) {

    /** Of a node that has seen no token. */
    public static final TokenReport NONE =
            new TokenReport(Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0, 0);

    public TokenReport {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(meanRotation, "meanRotation");
        Objects.requireNonNull(longestRotation, "longestRotation");
        Objects.requireNonNull(sinceLast, "sinceLast");
    }
}
