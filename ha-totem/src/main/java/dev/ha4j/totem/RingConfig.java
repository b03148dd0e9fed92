package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Settings of a ring. All members have to agree on them. {@link #builder()} holds the defaults; durations that are not
 * set follow from the token timeout.
 *
 * @param nodes nodes that are configured at first, self included; see {@link TotemRing#changeNodes}
 * @param tokenTimeout without a token for this long, a member considers the ring broken ({@code token}; 1,000 ms,
 *         effective: nothing is added for larger clusters)
 * @param tokenRetransmit a node repeats the token it passed on when it sees no progress for this long
 *         ({@code token_retransmit}; tokenTimeout / 4.2)
 * @param hold the last sender of an idle ring keeps the token for this long ({@code hold}; tokenRetransmit * 0.8 less
 *         10 ms, at least tokenRetransmit / 2)
 * @param join interval of join messages while gathering, and how long a node alone waits for others ({@code join};
 *         tokenTimeout / 20)
 * @param sendJoin upper limit of a random delay before a join message, for large clusters ({@code send_join}; 0)
 * @param consensus how long members may take to agree before the silent ones count as failed ({@code consensus};
 *         tokenTimeout * 1.2)
 * @param merge how often a ring shows itself to configured nodes that are not members ({@code merge}; tokenTimeout / 5)
 * @param pauseThreshold a node that did not run for this long distrusts the join messages that waited meanwhile
 *         (tokenTimeout / 2)
 * @param reservationTimeout a ring sequence must be on disk within this time, or the ring fails (tokenTimeout * 10)
 * @param suspicionBackOff after a false suspicion, the fast path stays closed for that peer for this long, twice as long
 *         after each further one, up to 64 times (tokenTimeout * 10)
 * @param windowMessages messages per rotation, all members together ({@code window_size}; 256)
 * @param maxMessagesPerVisit messages per token visit and member ({@code max_messages}; 64, or the window if that is smaller)
 * @param acceleratedMessages of a visit's messages, so many may go out after the token rather than before it, so that the next
 *         member starts while this one still sends (Babay, Amir: "Fast total ordering for modern data centers", ICDCS 2015;
 *         0)
 * @param visitsBeforeRequest token visits before a gap is requested again, tolerance for reordering
 *         ({@code miss_count_const}; 5)
 * @param idleRotationsBeforeHold rotations without news before the token is held
 *         ({@code seqno_unchanged_const}; 2: in the first the keeper learns that everybody has everything, in the second all others
 *         do)
 * @param failToReceiveRotations rotations without progress after which a member that blocks all others leaves them, if
 *         they have taken two token timeouts at least ({@code fail_recv_const}; 2,500)
 * @param maxPacketBytes payload of a packet, frame headers excluded (1,300)
 * @param maxMessageBytes largest submission (1 MiB)
 * @param laneBytes bytes that may wait in each send queue (4 MiB)
 * @param laneMessages messages that may wait in each send queue (8,192)
 * @param storeMessages ordered messages kept for retransmission (16,384)
 * @param ringSequenceBlock ring sequences reserved at once (1,024)
 */
public record RingConfig(
        SortedSet<NodeId> nodes,
        Duration tokenTimeout,
        Duration tokenRetransmit,
        Duration hold,
        Duration join,
        Duration sendJoin,
        Duration consensus,
        Duration merge,
        Duration pauseThreshold,
        Duration reservationTimeout,
        Duration suspicionBackOff,
        int windowMessages,
        int maxMessagesPerVisit,
        int acceleratedMessages,
        int visitsBeforeRequest,
        int idleRotationsBeforeHold,
        int failToReceiveRotations,
        int maxPacketBytes,
        int maxMessageBytes,
        int laneBytes,
        int laneMessages,
        int storeMessages,
        int ringSequenceBlock) {

    /** Most processors that a ring can have. */
    public static final int MAX_NODES = 384;

    /** Most retransmit requests on one token. */
    public static final int MAX_RETRANSMIT_REQUESTS = 30;

    /** Largest submission that any configuration allows. */
    public static final int MAX_MESSAGE_BYTES = 16 << 20;

    /** Largest packet payload that any configuration allows, with room for headers in a UDP datagram. */
    public static final int MAX_PACKET_BYTES = 60_000;

    public RingConfig {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The same for other nodes. */
    public RingConfig withNodes(Collection<NodeId> others) {
        return new RingConfig(
                new TreeSet<>(others),
                tokenTimeout,
                tokenRetransmit,
                hold,
                join,
                sendJoin,
                consensus,
                merge,
                pauseThreshold,
                reservationTimeout,
                suspicionBackOff,
                windowMessages,
                maxMessagesPerVisit,
                acceleratedMessages,
                visitsBeforeRequest,
                idleRotationsBeforeHold,
                failToReceiveRotations,
                maxPacketBytes,
                maxMessageBytes,
                laneBytes,
                laneMessages,
                storeMessages,
                ringSequenceBlock);
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final SortedSet<NodeId> nodes = new TreeSet<>();
        private Duration tokenTimeout = Duration.ofSeconds(1);
        private Optional<Duration> tokenRetransmit = Optional.empty();
        private Optional<Duration> hold = Optional.empty();
        private Optional<Duration> join = Optional.empty();
        private Duration sendJoin = Duration.ZERO;
        private Optional<Duration> consensus = Optional.empty();
        private Optional<Duration> merge = Optional.empty();
        private int windowMessages = 256;
        private OptionalInt maxMessagesPerVisit = OptionalInt.empty();
        private int acceleratedMessages;
        private int visitsBeforeRequest = 5;
        private int idleRotationsBeforeHold = 2;
        private int failToReceiveRotations = 2_500;
        private int maxPacketBytes = 1_300;
        private int maxMessageBytes = 1 << 20;
        private int laneBytes = 4 << 20;
        private int laneMessages = 8_192;
        private int storeMessages = 16_384;
        private int ringSequenceBlock = 1_024;

        private Builder() {}

        public Builder nodes(Collection<NodeId> all) {
            nodes.addAll(all);
            return this;
        }

        public Builder tokenTimeout(Duration value) {
            tokenTimeout = value;
            return this;
        }

        public Builder tokenRetransmit(Duration value) {
            tokenRetransmit = Optional.of(value);
            return this;
        }

        public Builder hold(Duration value) {
            hold = Optional.of(value);
            return this;
        }

        public Builder join(Duration value) {
            join = Optional.of(value);
            return this;
        }

        public Builder sendJoin(Duration value) {
            sendJoin = value;
            return this;
        }

        public Builder consensus(Duration value) {
            consensus = Optional.of(value);
            return this;
        }

        public Builder merge(Duration value) {
            merge = Optional.of(value);
            return this;
        }

        public Builder windowMessages(int value) {
            windowMessages = value;
            return this;
        }

        public Builder maxMessagesPerVisit(int value) {
            maxMessagesPerVisit = OptionalInt.of(value);
            return this;
        }

        public Builder acceleratedMessages(int value) {
            acceleratedMessages = value;
            return this;
        }

        public Builder visitsBeforeRequest(int value) {
            visitsBeforeRequest = value;
            return this;
        }

        public Builder idleRotationsBeforeHold(int value) {
            idleRotationsBeforeHold = value;
            return this;
        }

        public Builder failToReceiveRotations(int value) {
            failToReceiveRotations = value;
            return this;
        }

        public Builder maxPacketBytes(int value) {
            maxPacketBytes = value;
            return this;
        }

        public Builder maxMessageBytes(int value) {
            maxMessageBytes = value;
            return this;
        }

        public Builder laneBytes(int value) {
            laneBytes = value;
            return this;
        }

        public Builder laneMessages(int value) {
            laneMessages = value;
            return this;
        }

        public Builder storeMessages(int value) {
            storeMessages = value;
            return this;
        }

        public Builder ringSequenceBlock(int value) {
            ringSequenceBlock = value;
            return this;
        }

        /**
         * Derives what was not set and checks all of it.
         *
         * @throws IllegalArgumentException naming every setting that is out of range
         */
        public RingConfig build() {
            RingConfig config = derive();
            List<String> violations = violations(config);
            if (!violations.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", violations));
            }
            return config;
        }

        private RingConfig derive() {
            Duration retransmit =
                    tokenRetransmit.orElse(tokenTimeout.multipliedBy(10).dividedBy(42));
            Duration holding = hold.orElse(
                    larger(retransmit.multipliedBy(8).dividedBy(10).minusMillis(10), retransmit.dividedBy(2)));
            return new RingConfig(
                    nodes,
                    tokenTimeout,
                    retransmit,
                    holding,
                    join.orElse(tokenTimeout.dividedBy(20)),
                    sendJoin,
                    consensus.orElse(tokenTimeout.multipliedBy(12).dividedBy(10)),
                    merge.orElse(tokenTimeout.dividedBy(5)),
                    tokenTimeout.dividedBy(2),
                    tokenTimeout.multipliedBy(10),
                    tokenTimeout.multipliedBy(10),
                    windowMessages,
                    maxMessagesPerVisit.orElse(Math.min(windowMessages, 64)),
                    acceleratedMessages,
                    visitsBeforeRequest,
                    idleRotationsBeforeHold,
                    failToReceiveRotations,
                    maxPacketBytes,
                    maxMessageBytes,
                    laneBytes,
                    laneMessages,
                    storeMessages,
                    ringSequenceBlock);
        }

        private static Duration larger(Duration a, Duration b) {
            return a.compareTo(b) >= 0 ? a : b;
        }

        private static List<String> violations(RingConfig c) {
            List<String> found = new ArrayList<>();
            range(found, "nodes", c.nodes.size(), 1, MAX_NODES);
            between(found, "tokenTimeout", c.tokenTimeout, Duration.ofMillis(10), Duration.ofMinutes(5));
            between(found, "tokenRetransmit", c.tokenRetransmit, Duration.ofNanos(1), c.tokenTimeout);
            between(found, "hold", c.hold, Duration.ofNanos(1), c.tokenRetransmit);
            between(found, "join", c.join, Duration.ofNanos(1), c.consensus);
            between(found, "sendJoin", c.sendJoin, Duration.ZERO, c.join);
            between(found, "consensus", c.consensus, c.tokenTimeout, Duration.ofMinutes(10));
            between(found, "merge", c.merge, Duration.ofNanos(1), Duration.ofMinutes(10));
            range(found, "windowMessages", c.windowMessages, 1, 10_000);
            range(found, "maxMessagesPerVisit", c.maxMessagesPerVisit, 1, c.windowMessages);
            range(found, "acceleratedMessages", c.acceleratedMessages, 0, c.maxMessagesPerVisit);
            range(found, "visitsBeforeRequest", c.visitsBeforeRequest, 0, 1_000);
            range(found, "idleRotationsBeforeHold", c.idleRotationsBeforeHold, 2, 1_000_000);
            range(found, "failToReceiveRotations", c.failToReceiveRotations, 10, 1_000_000_000);
            range(found, "maxPacketBytes", c.maxPacketBytes, 256, MAX_PACKET_BYTES);
            range(found, "maxMessageBytes", c.maxMessageBytes, 1, MAX_MESSAGE_BYTES);
            range(found, "laneBytes", c.laneBytes, c.maxMessageBytes, 1 << 30);
            range(found, "laneMessages", c.laneMessages, 1, 1 << 20);
            range(found, "storeMessages", c.storeMessages, 4L * c.windowMessages, 1 << 20);
            range(found, "ringSequenceBlock", c.ringSequenceBlock, 8, 1 << 30);
            return found;
        }

        private static void range(List<String> found, String name, long value, long from, long to) {
            if (value < from || value > to) {
                found.add(name + " must be " + from + " to " + to + ", not " + value);
            }
        }

        private static void between(List<String> found, String name, Duration value, Duration from, Duration to) {
            if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
                found.add(name + " must be " + from + " to " + to + ", not " + value);
            }
        }
    }
}
