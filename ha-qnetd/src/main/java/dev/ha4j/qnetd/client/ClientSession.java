package dev.ha4j.qnetd.client;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.qnetd.Algorithm;
import dev.ha4j.qnetd.Heuristics;
import dev.ha4j.qnetd.QnetdSettings;
import dev.ha4j.qnetd.TlsMode;
import dev.ha4j.qnetd.wire.ErrorCode;
import dev.ha4j.qnetd.wire.MessageType;
import dev.ha4j.qnetd.wire.NodeEntry;
import dev.ha4j.qnetd.wire.NodeListType;
import dev.ha4j.qnetd.wire.Option;
import dev.ha4j.qnetd.wire.QnetdMessage;
import dev.ha4j.qnetd.wire.RingId;
import dev.ha4j.qnetd.wire.TieRule;
import dev.ha4j.qnetd.wire.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A node's side of the protocol: what came in, and the time, give what is to be done. No sockets, no clock, one thread.
 *
 * <pre>
 *   IDLE -> CONNECTING -> PREINIT -> (TLS) -> INIT -> CONFIG -> READY
 *     ^-------------------- any failure, after a delay ----------'
 * </pre>
 *
 * <p>A vote counts only while (1) it names the ring that was asked for last, (2) the connection lives, and (3) something that
 * was sent less than a heartbeat ago has been answered. The arbiter gives the vote to others only one and a half heartbeats after it
 * heard from this node, so that by (3) this node has given it up by then, whatever became of the connection.
 */
public final class ClientSession {

    private static final int MESSAGES = MessageType.values().length;
    private static final int OPTIONS = Option.values().length;
    private static final int ECHOES_PER_HEARTBEAT = 4;
    private static final int MAX_PENDING = 64;
    private static final long MIN_DELAY_NANOS = 100_000_000L;

    private enum Phase {
        IDLE,
        CONNECTING,
        PREINIT,
        TLS,
        INIT,
        CONFIG,
        READY
    }

    private record Question(RingId ring, List<NodeEntry> members, Heuristics heuristics) {}

    private final QnetdSettings settings;
    private final RandomGenerator random;
    private final long heartbeatNanos;
    private final TreeMap<Long, Long> pending = new TreeMap<>();
    private List<Step> steps = new ArrayList<>();
    private Phase phase = Phase.IDLE;
    private Optional<Question> question = Optional.empty();
    private boolean granted;
    private boolean answered;
    private long tenure;
    private long sequence;
    private long connectAtNanos;
    private long confirmedNanos;
    private long echoAtNanos;
    private OptionalLong askAtNanos = OptionalLong.empty();
    private OptionalLong repeatAtNanos = OptionalLong.empty();
    private long delayNanos = MIN_DELAY_NANOS;
    private String problem = "not connected yet";

    public ClientSession(QnetdSettings settings, RandomGenerator random, long nowNanos) {
        this.settings = settings;
        this.random = random;
        this.heartbeatNanos = settings.heartbeat().toNanos();
        this.connectAtNanos = nowNanos;
    }

    /** Whether the arbiter's vote counts for the present ring. */
    public boolean granted() {
        return granted;
    }

    /** The ring that was asked for last; 0 if none was. */
    public long ringSequence() {
        return question.map(asked -> asked.ring().sequence()).orElse(0L);
    }

    /** When what the arbiter has confirmed last was sent. */
    public long confirmedNanos() {
        return confirmedNanos;
    }

    /** Why there is no working connection; empty if there is one. */
    public Optional<String> problem() {
        return phase == Phase.READY ? Optional.empty() : Optional.of(problem);
    }

    /** Asks for the vote in a new ring. The vote of an older one is void at once. */
    public List<Step> ask(RingId ring, SortedSet<NodeId> members, Heuristics heuristics, long nowNanos) {
        List<NodeEntry> list =
                members.stream().map(node -> NodeEntry.member(node.value())).toList();
        question = Optional.of(new Question(ring, list, heuristics));
        askAtNanos = OptionalLong.empty();
        granted = false;
        answered = false;
        if (phase == Phase.READY) {
            sendMembership(nowNanos);
        }
        return taken();
    }

    /** The user's checks were made again. The arbiter is told if they have another result. */
    public List<Step> heuristicsChanged(Heuristics heuristics, long nowNanos) {
        if (question.filter(asked -> asked.heuristics() != heuristics).isEmpty()) {
            return taken();
        }
        question = question.map(asked -> new Question(asked.ring(), asked.members(), heuristics));
        if (phase == Phase.READY) {
            send(QnetdMessage.of(MessageType.HEURISTICS_CHANGE).with8(Option.HEURISTICS, code(heuristics)), nowNanos);
        }
        return taken();
    }

    public List<Step> connected(long nowNanos) {
        phase = Phase.PREINIT;
        send(QnetdMessage.of(MessageType.PREINIT).withText(Option.CLUSTER_NAME, settings.cluster()), nowNanos);
        return taken();
    }

    /** The connection is encrypted. */
    public List<Step> encrypted(long nowNanos) {
        if (phase == Phase.TLS) {
            init(nowNanos);
        }
        return taken();
    }

    /** The connection is gone, or could not be made. */
    public List<Step> disconnected(String reason, long nowNanos) {
        if (phase != Phase.IDLE) {
            fall(reason, nowNanos);
        }
        return taken();
    }

    /** To be called at least each tenth of a heartbeat. */
    public List<Step> tick(long nowNanos) {
        if (phase == Phase.IDLE) {
            connectIfDue(nowNanos);
        } else if (nowNanos - confirmedNanos >= heartbeatNanos) {
            hangUp("nothing was confirmed for " + settings.heartbeat().toMillis() + " ms", nowNanos);
        } else if (phase == Phase.READY) {
            echoIfDue(nowNanos);
            askAgainIfDue(nowNanos);
            repeatIfDue(nowNanos);
        }
        return taken();
    }

    private void connectIfDue(long nowNanos) {
        if (nowNanos - connectAtNanos >= 0) {
            phase = Phase.CONNECTING;
            confirmedNanos = nowNanos;
            steps.add(new Step.Connect());
        }
    }

    private void echoIfDue(long nowNanos) {
        if (nowNanos - echoAtNanos >= 0) {
            send(QnetdMessage.of(MessageType.ECHO_REQUEST), nowNanos);
            echoAtNanos = nowNanos + heartbeatNanos / ECHOES_PER_HEARTBEAT;
        }
    }

    private void askAgainIfDue(long nowNanos) {
        if (askAtNanos.isPresent() && nowNanos - askAtNanos.getAsLong() >= 0) {
            askAtNanos = OptionalLong.empty();
            send(QnetdMessage.of(MessageType.ASK_FOR_VOTE), nowNanos);
        }
    }

    /** A corosync-qnetd sometimes forgets to decide when rings follow each other within milliseconds. */
    private void repeatIfDue(long nowNanos) {
        if (repeatAtNanos.isPresent() && nowNanos - repeatAtNanos.getAsLong() >= 0) {
            sendMembership(nowNanos);
        }
    }

    public List<Step> received(QnetdMessage message, long nowNanos) {
        confirm(message);
        switch (message.type()) {
            case PREINIT_REPLY -> when(Phase.PREINIT, message, nowNanos, () -> preinitReply(message, nowNanos));
            case INIT_REPLY -> when(Phase.INIT, message, nowNanos, () -> initReply(message, nowNanos));
            case NODE_LIST_REPLY -> nodeListReply(message, nowNanos);
            case VOTE_INFO -> when(Phase.READY, message, nowNanos, () -> voteInfo(message, nowNanos));
            case ASK_FOR_VOTE_REPLY, HEURISTICS_CHANGE_REPLY -> apply(message, nowNanos);
            case ECHO_REPLY, SET_OPTION_REPLY -> {}
            case SERVER_ERROR -> hangUp("the arbiter refuses: " + error(message), nowNanos);
            default -> hangUp("the arbiter sent " + message.type() + ", which only a node sends", nowNanos);
        }
        return taken();
    }

    private void when(Phase expected, QnetdMessage message, long nowNanos, Runnable action) {
        if (phase == expected) {
            action.run();
        } else {
            hangUp("the arbiter sent " + message.type() + " at the wrong time", nowNanos);
        }
    }

    /** An answer shows that the arbiter was there after the request was sent. */
    private void confirm(QnetdMessage message) {
        OptionalLong echoed = message.number(Option.SEQUENCE);
        if (echoed.isPresent() && message.type() != MessageType.VOTE_INFO) {
            Long sentNanos = pending.remove(echoed.getAsLong());
            if (sentNanos != null && sentNanos - confirmedNanos > 0) {
                confirmedNanos = sentNanos;
            }
        }
    }

    private void preinitReply(QnetdMessage message, long nowNanos) {
        long theirs = message.number(Option.TLS_SUPPORTED).orElse(0);
        boolean supported = theirs == 1 || theirs == 2;
        if (theirs == 2 && settings.tls() == TlsMode.OFF) {
            hangUp("the arbiter requires TLS, and it is off here", nowNanos);
        } else if (!supported && settings.tls() == TlsMode.REQUIRED) {
            hangUp("TLS is required here, and the arbiter does not support it", nowNanos);
        } else if (supported && settings.tls() != TlsMode.OFF) {
            phase = Phase.TLS;
            send(QnetdMessage.of(MessageType.STARTTLS), nowNanos);
            steps.add(new Step.StartTls());
        } else {
            init(nowNanos);
        }
    }

    private void init(long nowNanos) {
        phase = Phase.INIT;
        QnetdMessage init = QnetdMessage.of(MessageType.INIT)
                .withCodes(Option.SUPPORTED_MESSAGES, MESSAGES)
                .withCodes(Option.SUPPORTED_OPTIONS, OPTIONS)
                .with32(Option.NODE_ID, settings.self().value())
                .with16(Option.ALGORITHM, code(settings.algorithm()))
                .with32(Option.HEARTBEAT_MILLIS, settings.heartbeat().toMillis())
                .withTieBreaker(tieRule())
                .withRing(question.map(Question::ring)
                        .orElse(new RingId(settings.self().value(), 0)));
        send(init, nowNanos);
    }

    private void initReply(QnetdMessage message, long nowNanos) {
        if (message.number(Option.ERROR_CODE).orElse(0) != 0) {
            hangUp("the arbiter refuses: " + error(message), nowNanos);
            return;
        }
        if (settings.keepActivePartition() && !keepActivePartition(message, nowNanos)) {
            return;
        }
        phase = Phase.CONFIG;
        List<NodeEntry> nodes = settings.nodes().stream()
                .map(node -> NodeEntry.of(node.value()))
                .toList();
        send(list(NodeListType.INITIAL_CONFIG).withNodes(nodes), nowNanos);
    }

    /** Whether the arbiter knows what it is asked for. */
    private boolean keepActivePartition(QnetdMessage reply, long nowNanos) {
        if (!reply.lists(Option.SUPPORTED_OPTIONS, Option.KEEP_ACTIVE_PARTITION.code())) {
            hangUp(
                    "the arbiter can't prefer the active partition: bring it up to date, or leave keepActivePartition out",
                    nowNanos);
            return false;
        }
        QnetdMessage options = QnetdMessage.of(MessageType.SET_OPTION)
                .with32(Option.HEARTBEAT_MILLIS, settings.heartbeat().toMillis())
                .with8(Option.KEEP_ACTIVE_PARTITION, 1);
        send(options, nowNanos);
        return true;
    }

    private void nodeListReply(QnetdMessage message, long nowNanos) {
        if (phase == Phase.CONFIG) {
            phase = Phase.READY;
            delayNanos = MIN_DELAY_NANOS;
            echoAtNanos = nowNanos;
            sendMembership(nowNanos);
        } else {
            when(Phase.READY, message, nowNanos, () -> apply(message, nowNanos));
        }
    }

    private void sendMembership(long nowNanos) {
        repeatAtNanos = OptionalLong.of(nowNanos + heartbeatNanos);
        question.ifPresent(asked -> {
            QnetdMessage list =
                    list(NodeListType.MEMBERSHIP).withRing(asked.ring()).withNodes(asked.members());
            boolean checked = asked.heuristics() != Heuristics.UNDEFINED;
            send(checked ? list.with8(Option.HEURISTICS, code(asked.heuristics())) : list, nowNanos);
        });
    }

    /** The vote is applied before the arbiter is told so: only then it may give it to others. */
    private void voteInfo(QnetdMessage message, long nowNanos) {
        apply(message, nowNanos);
        QnetdMessage reply = QnetdMessage.of(MessageType.VOTE_INFO_REPLY)
                .with32(Option.SEQUENCE, message.number(Option.SEQUENCE).orElse(0));
        steps.add(new Step.Send(reply));
    }

    /** Only a vote for the ring that was asked for last counts. */
    private void apply(QnetdMessage message, long nowNanos) {
        Optional<RingId> ring = question.map(Question::ring);
        Vote vote = message.vote().orElse(Vote.NO_CHANGE);
        if (ring.isEmpty() || !ring.equals(message.ring())) {
            tenure += vote == Vote.NACK ? 1 : 0;
            return;
        }
        switch (vote) {
            case ACK -> decided(true);
            case NACK, UNDEFINED -> decided(false);
            case ASK_LATER -> askLater(nowNanos);
            case WAIT, NO_CHANGE -> {}
        }
    }

    /** The algorithm ffsplit decides by itself, and takes no such question. */
    private void askLater(long nowNanos) {
        if (settings.algorithm() != Algorithm.FFSPLIT) {
            askAtNanos = OptionalLong.of(nowNanos + heartbeatNanos / ECHOES_PER_HEARTBEAT);
        }
    }

    private void decided(boolean next) {
        repeatAtNanos = OptionalLong.empty();
        vote(next);
    }

    /** Each refusal may mean that another partition gets the vote. */
    private void vote(boolean next) {
        tenure += next ? 0 : 1;
        if (granted != next || !answered) {
            granted = next;
            answered = true;
            steps.add(new Step.Voted(next, tenure));
        }
    }

    private void hangUp(String reason, long nowNanos) {
        if (phase != Phase.IDLE) {
            fall(reason, nowNanos);
            steps.add(new Step.Disconnect(reason));
        }
    }

    /** Without a connection there is no vote. The next attempt comes after a delay that doubles, up to a heartbeat. */
    private void fall(String reason, long nowNanos) {
        phase = Phase.IDLE;
        problem = reason;
        pending.clear();
        askAtNanos = OptionalLong.empty();
        repeatAtNanos = OptionalLong.empty();
        vote(false);
        connectAtNanos = nowNanos + delayNanos / 2 + random.nextLong(delayNanos / 2 + 1);
        delayNanos = Math.min(2 * delayNanos, heartbeatNanos);
    }

    private void send(QnetdMessage message, long nowNanos) {
        sequence++;
        pending.put(sequence, nowNanos);
        if (pending.size() > MAX_PENDING) {
            pending.pollFirstEntry();
        }
        steps.add(new Step.Send(message.with32(Option.SEQUENCE, sequence)));
    }

    private List<Step> taken() {
        List<Step> all = steps;
        steps = new ArrayList<>();
        return all;
    }

    private static QnetdMessage list(NodeListType type) {
        return QnetdMessage.of(MessageType.NODE_LIST).with8(Option.NODE_LIST_TYPE, type.code());
    }

    private TieRule tieRule() {
        TieBreaker tieBreaker = settings.tieBreaker();
        return switch (tieBreaker.kind()) {
            case NONE, LOWEST -> TieRule.LOWEST;
            case HIGHEST -> TieRule.HIGHEST;
            case LIST -> TieRule.node(tieBreaker.nodes().get(0).value());
        };
    }

    private static String error(QnetdMessage message) {
        long code = message.number(Option.ERROR_CODE).orElse(0);
        return ErrorCode.of(code).map(ErrorCode::meaning).orElse("error " + code);
    }

    @SuppressWarnings("EnumOrdinal") // declared in the order of the protocol's numbers
    private static int code(Enum<?> value) {
        return value.ordinal();
    }
}
