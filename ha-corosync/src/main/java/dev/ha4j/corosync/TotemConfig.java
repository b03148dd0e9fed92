package dev.ha4j.corosync;

import java.time.Duration;
import java.util.Optional;

/**
 * Timers and limits of the protocol, the same at all nodes. Names in brackets are of corosync.conf(5).
 *
 * @param retransmitsBeforeLoss how often a token that makes no progress is sent again until it counts as lost ({@code
 *     token_retransmits_before_loss_const})
 * @param tokenRetransmit time without progress until then; if empty, token timeout / (retransmitsBeforeLoss + 0.2) ({@code
 *     token_retransmit})
 * @param hold pace of an idle ring; if empty, 0.8 * tokenRetransmit - 10 ms ({@code hold})
 * @param join how often a node repeats whom it proposes ({@code join})
 * @param consensus who has not agreed by then has failed; if empty, 1.2 * token timeout ({@code consensus})
 * @param merge how often a ring shows itself to others ({@code merge})
 * @param windowMessages packets of all nodes in one rotation ({@code window_size})
 * @param messagesPerVisit packets of one node in one rotation ({@code max_messages})
 * @param visitsBeforeRequest visits of the token until a gap counts as loss ({@code miss_count_const})
 * @param idleRotations rotations without news until the token is held ({@code seqno_unchanged_const})
 * @param failToReceiveRotations rotations without progress here until this node gives up ({@code fail_recv_const})
 * @param requestsPreventHold whether the token goes on in an idle ring while it carries requests ({@code
 *     cancel_token_hold_on_retransmit})
 */
public record TotemConfig(
        int retransmitsBeforeLoss,
        Optional<Duration> tokenRetransmit,
        Optional<Duration> hold,
        Duration join,
        Optional<Duration> consensus,
        Duration merge,
        int windowMessages,
        int messagesPerVisit,
        int visitsBeforeRequest,
        int idleRotations,
        int failToReceiveRotations,
        boolean requestsPreventHold) {

    /** Widest window: daemons end themselves with twice as much. */
    public static final int MAX_WINDOW_MESSAGES = 8_192;

    private static final Duration MIN_TIMER = Duration.ofMillis(30);
    private static final Duration MIN_HOLD = Duration.ofMillis(14);
    private static final int HOLD_BEFORE_RETRANSMIT_MILLIS = 10;
    private static final int MAX_COUNT = 1 << 30;

    /** Corosync's. */
    public static final TotemConfig DEFAULTS = new TotemConfig(
            4,
            Optional.empty(),
            Optional.empty(),
            Duration.ofMillis(50),
            Optional.empty(),
            Duration.ofMillis(200),
            50,
            17,
            5,
            30,
            2_500,
            false);

    /**
     * Checks what can't work.
     *
     * @throws IllegalArgumentException naming what to change
     */
    public TotemConfig {
        requireCount("retransmitsBeforeLoss", retransmitsBeforeLoss, MAX_COUNT);
        requireCount("windowMessages", windowMessages, MAX_WINDOW_MESSAGES);
        requireCount("messagesPerVisit", messagesPerVisit, MAX_COUNT);
        requireCount("visitsBeforeRequest", visitsBeforeRequest, MAX_COUNT);
        requireCount("idleRotations", idleRotations, MAX_COUNT);
        requireCount("failToReceiveRotations", failToReceiveRotations, MAX_COUNT);
        tokenRetransmit.ifPresent(time -> requireAtLeast(MIN_TIMER, "tokenRetransmit", time));
        hold.ifPresent(time -> requireAtLeast(MIN_HOLD, "hold", time));
        requireAtLeast(MIN_TIMER, "join", join);
        consensus.ifPresent(time -> requireAtLeast(MIN_TIMER, "consensus", time));
        requireAtLeast(MIN_TIMER, "merge", merge);
    }

    private static void requireCount(String name, int value, int most) {
        require(value > 0 && value <= most, name + " has to be 1 to " + most + ", not " + value);
    }

    private static void requireAtLeast(Duration least, String name, Duration value) {
        require(value.compareTo(least) >= 0, name + " has to be at least " + millis(least) + ", not " + millis(value));
    }

    /** What can't work together with this token timeout. */
    void check(Duration token) {
        require(
                tokenRetransmit(token).compareTo(MIN_TIMER) >= 0,
                retransmitsBeforeLoss + " retransmissions within a token timeout of " + millis(token)
                        + " leave less than " + millis(MIN_TIMER)
                        + " for each: raise token or lower retransmitsBeforeLoss");
        require(
                hold(token).compareTo(token) < 0,
                "an idle token is held for " + millis(hold(token)) + ", and lost after " + millis(token)
                        + ": raise token or lower hold");
        require(
                consensus(token).compareTo(join) >= 0,
                "consensus of " + millis(consensus(token)) + " is over before the first join is repeated, after "
                        + millis(join) + ": raise consensus or lower join");
    }

    // as corosync does it, in whole milliseconds

    Duration tokenRetransmit(Duration token) {
        return tokenRetransmit.orElseGet(
                () -> Duration.ofMillis(token.toMillis() * 5 / (5L * retransmitsBeforeLoss + 1)));
    }

    Duration hold(Duration token) {
        return hold.orElseGet(
                () -> Duration.ofMillis(tokenRetransmit(token).toMillis() * 4 / 5 - HOLD_BEFORE_RETRANSMIT_MILLIS));
    }

    Duration consensus(Duration token) {
        return consensus.orElseGet(() -> Duration.ofMillis(token.toMillis() * 6 / 5));
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    public TotemConfig withRetransmitsBeforeLoss(int value) {
        return new TotemConfig(
                value,
                tokenRetransmit,
                hold,
                join,
                consensus,
                merge,
                windowMessages,
                messagesPerVisit,
                visitsBeforeRequest,
                idleRotations,
                failToReceiveRotations,
                requestsPreventHold);
    }

    public TotemConfig withTokenRetransmit(Duration value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                Optional.of(value),
                hold,
                join,
                consensus,
                merge,
                windowMessages,
                messagesPerVisit,
                visitsBeforeRequest,
                idleRotations,
                failToReceiveRotations,
                requestsPreventHold);
    }

    public TotemConfig withHold(Duration value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                tokenRetransmit,
                Optional.of(value),
                join,
                consensus,
                merge,
                windowMessages,
                messagesPerVisit,
                visitsBeforeRequest,
                idleRotations,
                failToReceiveRotations,
                requestsPreventHold);
    }

    public TotemConfig withJoin(Duration value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                tokenRetransmit,
                hold,
                value,
                consensus,
                merge,
                windowMessages,
                messagesPerVisit,
                visitsBeforeRequest,
                idleRotations,
                failToReceiveRotations,
                requestsPreventHold);
    }

    public TotemConfig withConsensus(Duration value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                tokenRetransmit,
                hold,
                join,
                Optional.of(value),
                merge,
                windowMessages,
                messagesPerVisit,
                visitsBeforeRequest,
                idleRotations,
                failToReceiveRotations,
                requestsPreventHold);
    }

    public TotemConfig withMerge(Duration value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                tokenRetransmit,
                hold,
                join,
                consensus,
                value,
                windowMessages,
                messagesPerVisit,
                visitsBeforeRequest,
                idleRotations,
                failToReceiveRotations,
                requestsPreventHold);
    }

    public TotemConfig withWindowMessages(int value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                tokenRetransmit,
                hold,
                join,
                consensus,
                merge,
                value,
                messagesPerVisit,
                visitsBeforeRequest,
                idleRotations,
                failToReceiveRotations,
                requestsPreventHold);
    }

    public TotemConfig withMessagesPerVisit(int value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                tokenRetransmit,
                hold,
                join,
                consensus,
                merge,
                windowMessages,
                value,
                visitsBeforeRequest,
                idleRotations,
                failToReceiveRotations,
                requestsPreventHold);
    }

    public TotemConfig withVisitsBeforeRequest(int value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                tokenRetransmit,
                hold,
                join,
                consensus,
                merge,
                windowMessages,
                messagesPerVisit,
                value,
                idleRotations,
                failToReceiveRotations,
                requestsPreventHold);
    }

    public TotemConfig withIdleRotations(int value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                tokenRetransmit,
                hold,
                join,
                consensus,
                merge,
                windowMessages,
                messagesPerVisit,
                visitsBeforeRequest,
                value,
                failToReceiveRotations,
                requestsPreventHold);
    }

    public TotemConfig withFailToReceiveRotations(int value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                tokenRetransmit,
                hold,
                join,
                consensus,
                merge,
                windowMessages,
                messagesPerVisit,
                visitsBeforeRequest,
                idleRotations,
                value,
                requestsPreventHold);
    }

    public TotemConfig withRequestsPreventHold(boolean value) {
        return new TotemConfig(
                retransmitsBeforeLoss,
                tokenRetransmit,
                hold,
                join,
                consensus,
                merge,
                windowMessages,
                messagesPerVisit,
                visitsBeforeRequest,
                idleRotations,
                failToReceiveRotations,
                value);
    }
}
