package dev.ha4j.qnetd.witness;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.qnetd.Algorithm;
import dev.ha4j.qnetd.Heuristics;
import dev.ha4j.qnetd.QnetdSettings;
import dev.ha4j.qnetd.TlsMode;
import dev.ha4j.qnetd.WitnessSettings;
import dev.ha4j.qnetd.client.ClientSession;
import dev.ha4j.qnetd.wire.Decoded;
import dev.ha4j.qnetd.wire.QnetdCodec;
import dev.ha4j.qnetd.wire.QnetdMessage;
import dev.ha4j.qnetd.wire.RingId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Nodes and one witness in virtual time: the production state machines, and connections that are slow, cut or closed. */
final class Arena {

    private static final long MILLI = 1_000_000L;
    private static final long STEP_MILLIS = 20;
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final SplittableRandom random;
    private final SortedSet<NodeId> configured;
    private final TreeMap<NodeId, Node> nodes = new TreeMap<>();
    private final TreeMap<Long, Node> byConnection = new TreeMap<>();
    private final Algorithm algorithm;
    private final boolean keepActive;
    private Witness witness;
    private long nowMillis = 100_000;
    private long connections;
    private long rings;

    /** One node, and its connection. */
    private final class Node {
        private final NodeId id;
        private ClientSession session;
        private @Nullable Long connection;
        private boolean cut;
        private boolean alive = true;
        private @Nullable RingId asked;
        private @Nullable Question next;
        private final ArrayDeque<Parcel> toWitness = new ArrayDeque<>();
        private final ArrayDeque<Parcel> toNode = new ArrayDeque<>();

        Node(NodeId id) {
            this.id = id;
            this.session = session(id);
        }
    }

    private record Parcel(long atMillis, QnetdMessage message) {}

    private record Question(long atMillis, RingId ring, SortedSet<NodeId> members) {}

    Arena(long seed, int count, Algorithm algorithm) {
        this(seed, count, algorithm, false);
    }

    Arena(long seed, int count, Algorithm algorithm, boolean keepActive) {
        this.random = new SplittableRandom(seed);
        this.algorithm = algorithm;
        this.keepActive = keepActive;
        this.configured =
                IntStream.rangeClosed(1, count).mapToObj(NodeId::of).collect(Collectors.toCollection(TreeSet::new));
        this.witness = newWitness();
        configured.forEach(id -> nodes.put(id, new Node(id)));
    }

    private Witness newWitness() {
        return new Witness(WitnessSettings.PLAIN, nowMillis * MILLI);
    }

    private ClientSession session(NodeId id) {
        int votes = algorithm == Algorithm.FFSPLIT ? 1 : configured.size() - 1;
        QnetdSettings settings = new QnetdSettings(
                "orders", id, configured, votes, algorithm, TieBreaker.LOWEST, HEARTBEAT, TlsMode.OFF);
        return new ClientSession(
                keepActive ? settings.keepingActivePartition() : settings, random.split(), nowMillis * MILLI);
    }

    /** The living nodes of each group form a ring; each notices it within half a second. */
    void rings(List<? extends SortedSet<NodeId>> groups) {
        for (SortedSet<NodeId> group : groups) {
            TreeSet<NodeId> alive = new TreeSet<>(group);
            alive.removeIf(id -> !node(id).alive);
            if (!alive.isEmpty()) {
                rings += 4;
                RingId ring = new RingId(alive.first().value(), rings);
                alive.forEach(id -> node(id).next = new Question(nowMillis + random.nextInt(500), ring, alive));
            }
        }
    }

    void cut(NodeId id, boolean cut) {
        node(id).cut = cut;
    }

    /** The process is gone; its connection is closed at once, if the packets get through. */
    void kill(NodeId id) {
        Node node = node(id);
        node.alive = false;
        node.next = null;
        closeByNode(node);
    }

    void restart(NodeId id) {
        Node node = node(id);
        node.alive = true;
        node.asked = null;
        node.session = session(id);
    }

    void restartWitness() {
        for (Node node : nodes.values()) {
            if (node.connection != null && !node.cut) {
                drop(node, "the witness is gone");
            }
        }
        byConnection.clear();
        witness = newWitness();
    }

    void run(long millis) {
        for (long until = nowMillis + millis; nowMillis < until; nowMillis += STEP_MILLIS) {
            carryOut(witness.tick(now()));
            nodes.values().forEach(this::step);
            check();
        }
    }

    /** Nodes with the vote, by ring; never more than one ring. */
    SortedMap<Long, SortedSet<NodeId>> voting() {
        TreeMap<Long, SortedSet<NodeId>> rings = new TreeMap<>();
        nodes.values().stream()
                .filter(node -> node.alive && node.session.granted())
                .forEach(node -> rings.computeIfAbsent(
                                Objects.requireNonNull(node.asked).sequence(), key -> new TreeSet<>())
                        .add(node.id));
        return rings;
    }

    private void check() {
        if (voting().size() > 1) {
            throw new AssertionError("at " + nowMillis + " ms two partitions have the vote: " + voting());
        }
    }

    private void step(Node node) {
        if (!node.alive) {
            return;
        }
        if (node.next != null && node.next.atMillis() <= nowMillis) {
            Question question = node.next;
            node.next = null;
            node.asked = question.ring();
            clientSteps(node, node.session.ask(question.ring(), question.members(), Heuristics.UNDEFINED, now()));
        }
        clientSteps(node, node.session.tick(now()));
        deliver(node);
    }

    private void deliver(Node node) {
        while (!node.cut && due(node.toNode)) {
            clientSteps(node, node.session.received(node.toNode.remove().message(), now()));
        }
        Long connection = node.connection;
        while (!node.cut && connection != null && connection.equals(node.connection) && due(node.toWitness)) {
            carryOut(witness.received(connection, node.toWitness.remove().message(), now()));
        }
    }

    private boolean due(ArrayDeque<Parcel> parcels) {
        return !parcels.isEmpty() && parcels.peek().atMillis() <= nowMillis;
    }

    private void clientSteps(Node node, List<dev.ha4j.qnetd.client.Step> steps) {
        for (dev.ha4j.qnetd.client.Step step : steps) {
            if (step instanceof dev.ha4j.qnetd.client.Step.Connect) {
                connect(node);
            } else if (step instanceof dev.ha4j.qnetd.client.Step.Send send) {
                node.toWitness.add(parcel(send.message()));
            } else if (step instanceof dev.ha4j.qnetd.client.Step.Disconnect) {
                closeByNode(node);
            }
        }
    }

    private void connect(Node node) {
        if (node.cut) {
            return;
        }
        long connection = ++connections;
        node.connection = connection;
        node.toNode.clear();
        node.toWitness.clear();
        byConnection.put(connection, node);
        carryOut(witness.opened(connection, now()));
        clientSteps(node, node.session.connected(now()));
    }

    /** Everything passes the codec, as it would on a socket. */
    private Parcel parcel(QnetdMessage message) {
        Decoded decoded = QnetdCodec.decode(QnetdCodec.encode(message));
        if (decoded instanceof Decoded.Value value) {
            return new Parcel(nowMillis + random.nextInt(80), value.message());
        }
        throw new AssertionError(decoded);
    }

    private void closeByNode(Node node) {
        Long connection = node.connection;
        node.connection = null;
        node.toNode.clear();
        if (connection != null && !node.cut) {
            byConnection.remove(connection);
            carryOut(witness.closed(connection, now()));
        }
    }

    private void carryOut(List<Step> steps) {
        for (Step step : new ArrayList<>(steps)) {
            Node node = byConnection.get(step.connection());
            if (node == null) {
                continue;
            }
            boolean present = Long.valueOf(step.connection()).equals(node.connection);
            if (step instanceof Step.Send send && present) {
                node.toNode.add(parcel(send.message()));
            } else if (step instanceof Step.Close) {
                byConnection.remove(step.connection());
                if (present && !node.cut) {
                    drop(node, "closed by the witness");
                }
                carryOut(witness.closed(step.connection(), now()));
            }
        }
    }

    private void drop(Node node, String reason) {
        node.connection = null;
        node.toNode.clear();
        clientSteps(node, node.session.disconnected(reason, now()));
    }

    private Node node(NodeId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    private long now() {
        return nowMillis * MILLI;
    }

    Optional<String> problem(NodeId id) {
        return node(id).session.problem();
    }
}
