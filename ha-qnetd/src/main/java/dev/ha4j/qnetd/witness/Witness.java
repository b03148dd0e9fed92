package dev.ha4j.qnetd.witness;

import dev.ha4j.qnetd.Algorithm;
import dev.ha4j.qnetd.Heuristics;
import dev.ha4j.qnetd.TlsMode;
import dev.ha4j.qnetd.WitnessSettings;
import dev.ha4j.qnetd.wire.ErrorCode;
import dev.ha4j.qnetd.wire.MessageType;
import dev.ha4j.qnetd.wire.NodeEntry;
import dev.ha4j.qnetd.wire.NodeListType;
import dev.ha4j.qnetd.wire.Option;
import dev.ha4j.qnetd.wire.QnetdCodec;
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
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The arbiter of many clusters: what came in, and the time, give what is to be done. No sockets, no clock, one thread. Keeps
 * nothing on disk.
 */
public final class Witness {

    private static final int MESSAGES = MessageType.values().length;
    private static final int OPTIONS = Option.values().length;
    private static final Algorithm[] ALGORITHMS = Algorithm.values();
    private static final Heuristics[] HEURISTICS = Heuristics.values();
    private static final long HANDSHAKE_NANOS = 10_000_000_000L;

    private final WitnessSettings settings;
    private final long startedNanos;
    private final TreeMap<Long, Connection> connections = new TreeMap<>();
    private final TreeMap<String, Arbiter> clusters = new TreeMap<>();
    private List<Step> steps = new ArrayList<>();

    public Witness(WitnessSettings settings, long nowNanos) {
        this.settings = settings;
        this.startedNanos = nowNanos;
    }

    /** How long a client may be silent: half as long again as its heartbeat. */
    static long patienceNanos(long heartbeatNanos) {
        return heartbeatNanos + heartbeatNanos / 2;
    }

    public List<Step> opened(long connection, long nowNanos) {
        if (connections.size() >= settings.maxConnections()) {
            steps.add(new Step.Close(connection, "there are " + connections.size() + " connections already"));
        } else {
            connections.put(connection, new Connection(connection, HANDSHAKE_NANOS, nowNanos));
        }
        return taken();
    }

    /** The connection is encrypted; with the common name of the client's certificate, if it showed one. */
    public List<Step> encrypted(long connection, Optional<String> certificateName) {
        known(connection).ifPresent(client -> {
            client.encrypt(certificateName);
            if (settings.clientCertificates() && !client.belongsToItsCluster()) {
                close(
                        client,
                        "its certificate is not for cluster " + client.cluster().orElse("?"));
            }
        });
        return taken();
    }

    /** The connection is gone. */
    public List<Step> closed(long connection, long nowNanos) {
        known(connection).ifPresent(client -> forget(client, nowNanos));
        return taken();
    }

    /** To be called at least twice a second. */
    public List<Step> tick(long nowNanos) {
        List<Connection> silent = connections.values().stream()
                .filter(client -> client.isSilent(nowNanos))
                .toList();
        silent.forEach(client -> {
            close(client, "it is silent");
            forget(client, nowNanos);
        });
        clusters.values().forEach(arbiter -> steps.addAll(arbiter.decide(nowNanos)));
        return taken();
    }

    /** Bytes came that are no message. */
    public List<Step> garbage(long connection, ErrorCode error, String reason) {
        known(connection).ifPresent(client -> refuse(client, QnetdMessage.of(MessageType.ECHO_REQUEST), error, reason));
        return taken();
    }

    public List<Step> received(long connection, QnetdMessage message, long nowNanos) {
        known(connection).ifPresent(client -> {
            client.heard(nowNanos);
            handle(client, message, nowNanos);
        });
        return taken();
    }

    private void handle(Connection client, QnetdMessage message, long nowNanos) {
        switch (message.type()) {
            case PREINIT -> preinit(client, message);
            case STARTTLS -> startTls(client, message);
            case INIT -> init(client, message);
            default -> {
                Optional<Voter> voter = voter(client);
                if (voter.isEmpty()) {
                    refuse(client, message, ErrorCode.INIT_REQUIRED, message.type() + " before INIT");
                } else {
                    ask(client, voter.get(), message);
                    arbiter(client).ifPresent(arbiter -> steps.addAll(arbiter.decide(nowNanos)));
                }
            }
        }
    }

    private void preinit(Connection client, QnetdMessage message) {
        Optional<String> cluster = message.text(Option.CLUSTER_NAME);
        if (client.cluster().isPresent() || cluster.isEmpty()) {
            refuse(client, message, ErrorCode.MISSING_OPTION, "PREINIT without a cluster, or a second one");
            return;
        }
        client.name(cluster.get());
        reply(
                client,
                message,
                QnetdMessage.of(MessageType.PREINIT_REPLY)
                        .with8(Option.TLS_SUPPORTED, tlsCode())
                        .with8(Option.CLIENT_CERTIFICATE_REQUIRED, settings.clientCertificates() ? 1 : 0));
    }

    private int tlsCode() {
        return switch (settings.tls()) {
            case OFF -> 0;
            case ON -> 1;
            case REQUIRED -> 2;
        };
    }

    private void startTls(Connection client, QnetdMessage message) {
        if (client.cluster().isEmpty() || client.encrypted() || settings.tls() == TlsMode.OFF) {
            refuse(client, message, ErrorCode.UNEXPECTED_MESSAGE, "STARTTLS at the wrong time");
        } else {
            steps.add(new Step.StartTls(client.id()));
        }
    }

    private void init(Connection client, QnetdMessage message) {
        if (settings.tls() == TlsMode.REQUIRED && !client.encrypted()) {
            refuse(client, message, ErrorCode.TLS_REQUIRED, "INIT without TLS");
        } else if (client.cluster().isEmpty()) {
            refuse(client, message, ErrorCode.PREINIT_REQUIRED, "INIT before PREINIT");
        } else if (client.initialized()) {
            refuse(client, message, ErrorCode.UNEXPECTED_MESSAGE, "a second INIT");
        } else {
            ErrorCode error = enter(client, message);
            reply(client, message, initReply(error));
            if (error != ErrorCode.OK) {
                close(client, error.meaning());
            }
        }
    }

    private ErrorCode enter(Connection client, QnetdMessage message) {
        OptionalLong node = message.number(Option.NODE_ID);
        OptionalLong code = message.number(Option.ALGORITHM);
        OptionalLong heartbeat = message.number(Option.HEARTBEAT_MILLIS);
        Optional<TieRule> tieBreaker = message.tieBreaker();
        if (node.isEmpty() || code.isEmpty() || heartbeat.isEmpty() || tieBreaker.isEmpty()) {
            return ErrorCode.MISSING_OPTION;
        }
        if (code.getAsLong() >= ALGORITHMS.length) {
            return ErrorCode.UNSUPPORTED_ALGORITHM;
        }
        long millis = heartbeat.getAsLong();
        if (millis < settings.minHeartbeat().toMillis()
                || millis > settings.maxHeartbeat().toMillis()) {
            return ErrorCode.INVALID_HEARTBEAT;
        }
        Algorithm algorithm = ALGORITHMS[(int) code.getAsLong()];
        Arbiter arbiter = clusters.computeIfAbsent(
                client.cluster().orElseThrow(), name -> new Arbiter(algorithm, tieBreaker.get(), startedNanos));
        ErrorCode error = compare(arbiter, node.getAsLong(), algorithm, tieBreaker.get());
        if (error == ErrorCode.OK) {
            arbiter.enter(client.id(), node.getAsLong(), millis * 1_000_000L);
            client.initialize(patienceNanos(millis * 1_000_000L));
        }
        return error;
    }

    private static ErrorCode compare(Arbiter arbiter, long node, Algorithm algorithm, TieRule tieBreaker) {
        if (arbiter.algorithm() != algorithm) {
            return ErrorCode.ALGORITHM_DIFFERS;
        }
        if (!arbiter.tieBreaker().equals(tieBreaker)) {
            return ErrorCode.TIE_BREAKER_DIFFERS;
        }
        return arbiter.hasNode(node) ? ErrorCode.DUPLICATE_NODE_ID : ErrorCode.OK;
    }

    private static QnetdMessage initReply(ErrorCode error) {
        return QnetdMessage.of(MessageType.INIT_REPLY)
                .with16(Option.ERROR_CODE, error.code())
                .withCodes(Option.SUPPORTED_MESSAGES, MESSAGES)
                .withCodes(Option.SUPPORTED_OPTIONS, OPTIONS)
                .with32(Option.MAX_REQUEST_BYTES, QnetdCodec.MAX_MESSAGE_BYTES)
                .with32(Option.MAX_REPLY_BYTES, QnetdCodec.MAX_MESSAGE_BYTES)
                .withCodes(Option.SUPPORTED_ALGORITHMS, ALGORITHMS.length);
    }

    /** A message of a client that has said who it is. */
    private void ask(Connection client, Voter voter, QnetdMessage message) {
        switch (message.type()) {
            case ECHO_REQUEST -> steps.add(new Step.Send(client.id(), message.as(MessageType.ECHO_REPLY)));
            case SET_OPTION -> setOption(client, voter, message);
            case NODE_LIST -> nodeList(client, voter, message);
            case ASK_FOR_VOTE -> askForVote(client, voter, message);
            case VOTE_INFO_REPLY ->
                voter.answered(message.number(Option.SEQUENCE).orElse(0));
            case HEURISTICS_CHANGE -> heuristics(client, voter, message);
            default -> refuse(client, message, ErrorCode.UNEXPECTED_MESSAGE, message.type() + " from a client");
        }
    }

    private void setOption(Connection client, Voter voter, QnetdMessage message) {
        OptionalLong millis = message.number(Option.HEARTBEAT_MILLIS);
        QnetdMessage reply = QnetdMessage.of(MessageType.SET_OPTION_REPLY);
        if (millis.isPresent()) {
            long asked = millis.getAsLong();
            if (asked < settings.minHeartbeat().toMillis()
                    || asked > settings.maxHeartbeat().toMillis()) {
                refuse(client, message, ErrorCode.INVALID_HEARTBEAT, "a heartbeat of " + asked + " ms");
                return;
            }
            client.initialize(patienceNanos(asked * 1_000_000L));
            reply = reply.with32(Option.HEARTBEAT_MILLIS, asked);
        }
        OptionalLong keep = message.number(Option.KEEP_ACTIVE_PARTITION);
        if (keep.isPresent()) {
            voter.keepActive(keep.getAsLong() == 1);
            reply = reply.with8(Option.KEEP_ACTIVE_PARTITION, keep.getAsLong() == 1 ? 1 : 0);
        }
        reply(client, message, reply);
    }

    private void nodeList(Connection client, Voter voter, QnetdMessage message) {
        Optional<NodeListType> type = message.number(Option.NODE_LIST_TYPE).isPresent()
                ? NodeListType.of(message.number(Option.NODE_LIST_TYPE).getAsLong())
                : Optional.empty();
        if (type.isEmpty()) {
            refuse(client, message, ErrorCode.MISSING_OPTION, "a node list without a type");
            return;
        }
        SortedSet<Long> nodes =
                message.nodes().stream().map(NodeEntry::id).collect(Collectors.toCollection(TreeSet::new));
        switch (type.get()) {
            case INITIAL_CONFIG, CHANGED_CONFIG -> configList(client, voter, message, nodes);
            case MEMBERSHIP -> membershipList(client, voter, message, nodes);
            case QUORUM -> listReply(client, voter, message, Vote.NO_CHANGE);
        }
    }

    private void configList(Connection client, Voter voter, QnetdMessage message, SortedSet<Long> nodes) {
        if (!nodes.contains(voter.node())) {
            refuse(client, message, ErrorCode.INVALID_CONFIG_LIST, "it is not in its list of nodes");
            return;
        }
        voter.configure(nodes);
        listReply(client, voter, message, voter.ring().isPresent() ? Vote.NO_CHANGE : Vote.WAIT);
    }

    private void membershipList(Connection client, Voter voter, QnetdMessage message, SortedSet<Long> nodes) {
        Optional<RingId> ring = message.ring();
        if (ring.isEmpty()
                || !nodes.contains(voter.node())
                || !voter.configured().containsAll(nodes)) {
            refuse(client, message, ErrorCode.INVALID_MEMBERSHIP_LIST, "its list of members does not fit");
            return;
        }
        voter.join(ring.get(), nodes);
        message.number(Option.HEURISTICS).ifPresent(code -> voter.check(heuristics(code)));
        listReply(client, voter, message, Vote.WAIT);
    }

    private void listReply(Connection client, Voter voter, QnetdMessage message, Vote vote) {
        int type = (int) message.number(Option.NODE_LIST_TYPE).orElse(0);
        reply(
                client,
                message,
                voteReply(MessageType.NODE_LIST_REPLY, voter, vote).with8(Option.NODE_LIST_TYPE, type));
    }

    private void askForVote(Connection client, Voter voter, QnetdMessage message) {
        if (arbiter(client).orElseThrow().algorithm() == Algorithm.FFSPLIT) {
            refuse(client, message, ErrorCode.UNSUPPORTED_ALGORITHM_MESSAGE, "ffsplit decides by itself");
        } else {
            reply(client, message, voteReply(MessageType.ASK_FOR_VOTE_REPLY, voter, voter.present()));
        }
    }

    private void heuristics(Connection client, Voter voter, QnetdMessage message) {
        long code = message.number(Option.HEURISTICS).orElse(0);
        voter.check(heuristics(code));
        reply(
                client,
                message,
                voteReply(MessageType.HEURISTICS_CHANGE_REPLY, voter, Vote.NO_CHANGE)
                        .with8(Option.HEURISTICS, (int) code));
    }

    private static Heuristics heuristics(long code) {
        return code >= 0 && code < HEURISTICS.length ? HEURISTICS[(int) code] : Heuristics.UNDEFINED;
    }

    private static QnetdMessage voteReply(MessageType type, Voter voter, Vote vote) {
        return QnetdMessage.of(type)
                .withRing(voter.ring().orElse(new RingId(voter.node(), 0)))
                .withVote(vote);
    }

    private void reply(Connection client, QnetdMessage request, QnetdMessage reply) {
        OptionalLong sequence = request.number(Option.SEQUENCE);
        steps.add(new Step.Send(
                client.id(), sequence.isPresent() ? reply.with32(Option.SEQUENCE, sequence.getAsLong()) : reply));
    }

    private void refuse(Connection client, QnetdMessage message, ErrorCode error, String reason) {
        reply(client, message, QnetdMessage.of(MessageType.SERVER_ERROR).with16(Option.ERROR_CODE, error.code()));
        close(client, reason);
    }

    /** The connection stays known until it is closed: until then the node may believe that it has the vote. */
    private void close(Connection client, String reason) {
        steps.add(new Step.Close(client.id(), reason));
    }

    private void forget(Connection client, long nowNanos) {
        connections.remove(client.id());
        arbiter(client).ifPresent(arbiter -> {
            arbiter.leave(client.id());
            if (arbiter.voters().isEmpty()) {
                clusters.remove(client.cluster().orElseThrow());
            } else {
                steps.addAll(arbiter.decide(nowNanos));
            }
        });
    }

    private Optional<Connection> known(long connection) {
        return Optional.ofNullable(connections.get(connection));
    }

    private Optional<Arbiter> arbiter(Connection client) {
        return client.cluster().map(clusters::get);
    }

    private Optional<Voter> voter(Connection client) {
        return arbiter(client).flatMap(arbiter -> arbiter.voter(client.id()));
    }

    private List<Step> taken() {
        List<Step> all = steps;
        steps = new ArrayList<>();
        return all;
    }
}
