package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.wire.DecodeResult;
import dev.ha4j.totem.wire.TotemCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Some rings in virtual time, and a network that can lose, duplicate, delay, reorder and cut. */
final class SimulatedCluster {

    private record Event(long at, long order, Runnable action) {}

    /** Which packets never arrive. */
    @FunctionalInterface
    interface Loss {
        boolean hits(NodeId from, NodeId to, TotemMessage message);
    }

    private record Link(NodeId from, NodeId to) {}

    private RingConfig config;
    private final SplittableRandom random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<NodeId, Long> disks = new HashMap<>();
    private final Set<Link> cuts = new HashSet<>();
    final TreeMap<NodeId, SimulatedNode> nodes = new TreeMap<>();
    final List<SimulatedNode> boots = new ArrayList<>();
    final StringBuilder transcript = new StringBuilder();
    private long now = 1_000_000_000L;
    private long order;
    private long logStart = now;
    double loss;
    double duplication;
    long minDelay = 50_000;
    long maxDelay = 150_000;
    long diskDelay = 2_000_000;
    boolean refusals = true;
    Loss lose = (from, to, message) -> false;
    boolean diskFails;
    boolean logging;
    boolean loggingMessages;
    long packets;
    long refusedStrangers;
    long visits;

    SimulatedCluster(RingConfig config, long seed) {
        this.config = config;
        this.random = new SplittableRandom(seed);
        at(now, this::probe);
    }

    RingConfig config() {
        return config;
    }

    long now() {
        return now;
    }

    SplittableRandom random() {
        return random;
    }

    void at(long time, Runnable action) {
        events.add(new Event(time, order++, action));
    }

    void startLog() {
        logging = true;
        loggingMessages = true;
        logStart = now;
    }

    void log(NodeId node, String line) {
        if (logging) {
            transcript
                    .append((now - logStart) / 1_000)
                    .append(" us, ")
                    .append(node)
                    .append(": ");
            transcript.append(line).append('\n');
        }
    }

    /** Tokens are too many to be read. */
    void logMessage(NodeId from, TotemMessage message) {
        boolean ordinary = message instanceof Token || message instanceof MergeDetect;
        if (loggingMessages && !ordinary) {
            log(from, "sends " + message);
        }
    }

    SimulatedNode boot(int number) {
        NodeId id = NodeId.of(number);
        int boot = (int) boots.stream().filter(b -> b.id.equals(id)).count() + 1;
        SimulatedNode node = new SimulatedNode(this, id, boot, config, random);
        nodes.put(id, node);
        boots.add(node);
        node.call(r -> r.start(now));
        return node;
    }

    /** Nobody who is up hears of it before it {@linkplain SimulatedNode#catchUp catches up}. */
    void configure(SortedSet<NodeId> configured) {
        config = config.withNodes(configured);
    }

    /** Each node that is up learns of the change at some time within the spread; who boots later, at once. */
    void changeNodes(SortedSet<NodeId> configured, long spreadNanos) {
        configure(configured);
        for (SimulatedNode node : nodes.values()) {
            if (configured.contains(node.id)) {
                at(now + random.nextLong(spreadNanos + 1), node::catchUp);
            }
        }
    }

    SimulatedNode node(int number) {
        return nodes.get(NodeId.of(number));
    }

    void crash(int number) {
        node(number).alive = false;
        log(NodeId.of(number), "crash");
    }

    void pause(int number, long nanos) {
        SimulatedNode node = node(number);
        node.paused = true;
        at(now + nanos, () -> node.paused = false);
    }

    void cut(int from, int to) {
        cuts.add(new Link(NodeId.of(from), NodeId.of(to)));
    }

    void partition(Set<Integer> side) {
        for (NodeId a : config.nodes()) {
            for (NodeId b : config.nodes()) {
                if (side.contains(a.value()) != side.contains(b.value())) {
                    cut(a.value(), b.value());
                }
            }
        }
    }

    void heal() {
        cuts.clear();
        loss = 0;
        duplication = 0;
        maxDelay = 150_000;
    }

    void run(long nanos) {
        long end = now + nanos;
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.poll();
            now = Math.max(now, event.at());
            event.action().run();
        }
        now = end;
    }

    void transmit(NodeId from, NodeId to, byte[] packet) {
        packets++;
        int copies = random.nextDouble() < duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() >= loss) {
                later(from, to, () -> arrive(from, to, packet));
            }
        }
    }

    private void later(NodeId from, NodeId to, Runnable action) {
        if (!cuts.contains(new Link(from, to)) && !nodes.get(from).paused) {
            at(now + random.nextLong(minDelay, maxDelay + 1), action);
        }
    }

    private void arrive(NodeId from, NodeId to, byte[] packet) {
        SimulatedNode target = nodes.get(to);
        if (target == null || !target.alive || target.over) {
            refuse(to, from);
        } else if (target.paused) {
            at(now + 1_000_000, () -> arrive(from, to, packet));
        } else if (!target.configured.contains(from)) {
            refusedStrangers++;
        } else if (TotemCodec.decode(packet) instanceof DecodeResult.Decoded decoded) {
            if (!lose.hits(from, to, decoded.message())) {
                target.call(r -> r.receive(from, decoded.message(), now));
            }
        } else {
            throw new AssertionError("own packet rejected");
        }
    }

    private void refuse(NodeId dead, NodeId sender) {
        SimulatedNode node = nodes.get(sender);
        if (refusals && node != null && node.alive && !node.paused && dead != null) {
            node.call(r -> r.refused(dead, now));
        }
    }

    /** What a transport does besides: small packets that keep silence meaningful. */
    private void probe() {
        for (SimulatedNode from : nodes.values()) {
            for (SimulatedNode to : nodes.values()) {
                if (from != to
                        && from.configured.contains(to.id)
                        && from.alive
                        && !from.paused
                        && !from.over
                        && random.nextDouble() >= loss) {
                    later(from.id, to.id, () -> probed(from.id, to.id));
                }
            }
        }
        at(now + config.tokenTimeout().toNanos() / 40, this::probe);
    }

    private void probed(NodeId from, NodeId to) {
        SimulatedNode target = nodes.get(to);
        if (!target.alive || target.over) {
            refuse(to, from);
        } else if (!target.paused) {
            target.call(r -> r.heard(from, now));
        }
    }

    long disk(NodeId id) {
        return disks.getOrDefault(id, 0L);
    }

    void store(SimulatedNode node, long upTo, Consumer<Boolean> done) {
        at(now + random.nextLong(diskDelay + 1), () -> {
            if (node.alive) {
                if (!diskFails) {
                    disks.merge(node.id, upTo, Math::max);
                }
                node.call(r -> done.accept(!diskFails));
            }
        });
    }

    /** Whether all who are up and configured come to be one ring with nothing to do, and stay so for a token timeout. */
    boolean runUntilSettled(long atMostNanos) {
        long end = now + atMostNanos;
        long settledSince = Long.MAX_VALUE;
        while (now < end) {
            run(config.tokenTimeout().toNanos() / 50);
            settledSince = settled() ? Math.min(settledSince, now) : Long.MAX_VALUE;
            if (now - settledSince >= config.tokenTimeout().toNanos()) {
                return true;
            }
        }
        return false;
    }

    boolean settled() {
        List<SimulatedNode> up = nodes.values().stream()
                .filter(n -> n.alive && !n.over && config.nodes().contains(n.id))
                .toList();
        Set<NodeId> ids = new HashSet<>(up.stream().map(n -> n.id).toList());
        return up.stream()
                        .map(n -> n.ring.report())
                        .allMatch(r ->
                                r.members().equals(ids) && r.state().equals("operational") && r.queuedMessages() == 0)
                && up.stream().map(n -> n.ring.report().ring()).distinct().count() <= 1;
    }
}
