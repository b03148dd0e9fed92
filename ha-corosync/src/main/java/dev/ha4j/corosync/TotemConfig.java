package dev.ha4j.corosync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Timers and limits of the protocol, the same at all nodes. Names in brackets are of corosync.conf(5); {@link #builder()} holds the
 * defaults.
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
    public static final TotemConfig DEFAULTS = builder().build();

    /**
     * Checks what can't work.
     *
     * @throws IllegalArgumentException naming all that is to be changed
     */
    public TotemConfig {
        List<String> problems = new ArrayList<>();
        count(problems, "retransmitsBeforeLoss", retransmitsBeforeLoss, MAX_COUNT);
        count(problems, "windowMessages", windowMessages, MAX_WINDOW_MESSAGES);
        count(problems, "messagesPerVisit", messagesPerVisit, MAX_COUNT);
        count(problems, "visitsBeforeRequest", visitsBeforeRequest, MAX_COUNT);
        count(problems, "idleRotations", idleRotations, MAX_COUNT);
        count(problems, "failToReceiveRotations", failToReceiveRotations, MAX_COUNT);
        tokenRetransmit.ifPresent(time -> time(problems, "tokenRetransmit", time, MIN_TIMER));
        hold.ifPresent(time -> time(problems, "hold", time, MIN_HOLD));
        time(problems, "join", join, MIN_TIMER);
        consensus.ifPresent(time -> time(problems, "consensus", time, MIN_TIMER));
        time(problems, "merge", merge, MIN_TIMER);
        require(problems.isEmpty(), String.join("; ", problems));
    }

    private static void count(List<String> problems, String name, int value, int most) {
        if (value <= 0 || value > most) {
            problems.add(name + " has to be 1 to " + most + ", not " + value);
        }
    }

    private static void time(List<String> problems, String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            problems.add(name + " has to be at least " + millis(least) + ", not " + millis(value));
        }
    }

    /** Corosync's defaults, to be changed. */
    public static Builder builder() {
        return new Builder();
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

    /** Settings under way; nothing is checked before {@link #build}. Not thread-safe. */
    public static final class Builder {
        private int retransmitsBeforeLoss = 4;
        private Optional<Duration> tokenRetransmit = Optional.empty();
        private Optional<Duration> hold = Optional.empty();
        private Duration join = Duration.ofMillis(50);
        private Optional<Duration> consensus = Optional.empty();
        private Duration merge = Duration.ofMillis(200);
        private int windowMessages = 50;
        private int messagesPerVisit = 17;
        private int visitsBeforeRequest = 5;
        private int idleRotations = 30;
        private int failToReceiveRotations = 2_500;
        private boolean requestsPreventHold;

        private Builder() {}

        /** How often a token that makes no progress is sent again until it counts as lost: from 1 on (4). */
        public Builder retransmitsBeforeLoss(int value) {
            retransmitsBeforeLoss = value;
            return this;
        }

        /** Time without progress until then: from 30 ms on. */
        public Builder tokenRetransmit(Duration value) {
            tokenRetransmit = Optional.of(value);
            return this;
        }

        /** Pace of an idle ring: from 14 ms on, and less than the token timeout. */
        public Builder hold(Duration value) {
            hold = Optional.of(value);
            return this;
        }

        /** How often a node repeats whom it proposes: from 30 ms on (50 ms). */
        public Builder join(Duration value) {
            join = value;
            return this;
        }

        /** Who has not agreed by then has failed: from 30 ms on, and not less than {@link #join}. */
        public Builder consensus(Duration value) {
            consensus = Optional.of(value);
            return this;
        }

        /** How often a ring shows itself to others: from 30 ms on (200 ms). */
        public Builder merge(Duration value) {
            merge = value;
            return this;
        }

        /** Packets of all nodes in one rotation: 1 to {@link TotemConfig#MAX_WINDOW_MESSAGES} (50). */
        public Builder windowMessages(int value) {
            windowMessages = value;
            return this;
        }

        /** Packets of one node in one rotation: from 1 on (17). */
        public Builder messagesPerVisit(int value) {
            messagesPerVisit = value;
            return this;
        }

        /** Visits of the token until a gap counts as loss: from 1 on (5). */
        public Builder visitsBeforeRequest(int value) {
            visitsBeforeRequest = value;
            return this;
        }

        /** Rotations without news until the token is held: from 1 on (30). */
        public Builder idleRotations(int value) {
            idleRotations = value;
            return this;
        }

        /** Rotations without progress here until this node gives up: from 1 on (2,500). */
        public Builder failToReceiveRotations(int value) {
            failToReceiveRotations = value;
            return this;
        }

        /** Whether the token goes on in an idle ring while it carries requests (no). */
        public Builder requestsPreventHold(boolean value) {
            requestsPreventHold = value;
            return this;
        }

        /**
         * Checks all of it.
         *
         * @throws IllegalArgumentException naming all that is to be changed
         */
        public TotemConfig build() {
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
                    requestsPreventHold);
        }
    }
}
