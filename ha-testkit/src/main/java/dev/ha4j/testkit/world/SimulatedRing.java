package dev.ha4j.testkit.world;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RecoveryMessage;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.Scope;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TotemMessage;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.wire.DecodeResult;
import dev.ha4j.totem.wire.TotemCodec;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The production ring on the simulated network: its messages travel as bytes, its peers are probed. */
final class SimulatedRing implements RingPort, RingTransport {

    private final NodeId self;
    private SortedSet<NodeId> nodes;
    private final SimulatedLoop loop;
    private final Wire wire;
    private final RingTrace trace;
    private final TokenTruth token;
    private final TotemRing ring;
    private final long probeNanos;
    private final TreeMap<NodeId, Integer> newestLife = new TreeMap<>();
    private final TreeMap<NodeId, Long> heardAt = new TreeMap<>();
    private final TreeMap<NodeId, Long> sentAt = new TreeMap<>();
    private long armedFor = Long.MAX_VALUE;
    private boolean started;
    private boolean closed;

    /** Takes packets and probes from a node's ring to others. */
    interface Wire {
        void packet(NodeId target, byte[] bytes);

        void probe(NodeId target);
    }

    SimulatedRing(
            RingConfig config,
            NodeId self,
            RingSequences sequences,
            RingListener listener,
            SimulatedLoop loop,
            Wire wire,
            RingTrace.Sink sink,
            long probeNanos,
            RandomGenerator random) {
        this.self = self;
        this.nodes = config.nodes();
        this.loop = loop;
        this.wire = wire;
        this.probeNanos = probeNanos;
        this.token = new TokenTruth(loop::worldNanos);
        this.trace = new RingTrace(listener, sink, token);
        this.ring = new TotemRing(config, self, sequences, this, trace, random);
        loop.afterEach(this::arm);
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void start() {
        started = true;
        ring.start(now());
        loop.schedule(probeNanos, this::probe);
        arm();
    }

    @Override
    public void onRing(BiConsumer<TotemRing, Long> call) {
        loop.execute(() -> {
            if (!closed) {
                call.accept(ring, now());
            }
        });
    }

    @Override
    public CompletionStage<Void> changeNodes(List<NodeSpec> specs) {
        CompletableFuture<Void> changed = new CompletableFuture<>();
        onRing((totem, now) -> {
            nodes = specs.stream().map(NodeSpec::id).collect(Collectors.toCollection(TreeSet::new));
            totem.changeNodes(nodes, now);
            changed.complete(null);
        });
        return changed;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isOpen() {
        return started && !closed;
    }

    /** A packet that the sender's given life has sent. Packets of an earlier life than the newest heard of are refused. */
    void arrived(NodeId from, int senderLife, byte[] bytes) {
        loop.packet(() -> {
            if (isOpen() && nodes.contains(from) && isCurrent(from, senderLife)) {
                heardAt.put(from, now());
                if (TotemCodec.decode(bytes) instanceof DecodeResult.Decoded decoded) {
                    token.arrives(decoded.message());
                    ring.receive(from, decoded.message(), now());
                } else {
                    throw new SimulationFailure("node " + from + " sent a packet that node " + self + " can't read");
                }
            }
        });
    }

    void probed(NodeId from, int senderLife) {
        loop.packet(() -> {
            if (isOpen() && isCurrent(from, senderLife)) {
                heardAt.put(from, now());
                ring.heard(from, now());
            }
        });
    }

    /** The peer's host answered that nobody listens there. */
    void refused(NodeId peer) {
        loop.packet(() -> {
            boolean silent = now() - heardAt.getOrDefault(peer, now() - probeNanos) >= 0;
            if (isOpen() && silent) {
                ring.refused(peer, now());
            }
        });
    }

    /** Sends a message of another user than the node, safe; it is dropped where the ring has no room for it. */
    void sendSafe(byte[] message) {
        onRing((totem, now) -> totem.submit(Lane.BULK, DeliveryGuarantee.SAFE, message, now));
    }

    private boolean isCurrent(NodeId from, int life) {
        return newestLife.merge(from, life, Math::max) == life;
    }

    private void probe() {
        if (closed) {
            return;
        }
        long now = now();
        for (NodeId peer : nodes) {
            if (!peer.equals(self) && now - sentAt.getOrDefault(peer, now - probeNanos) >= probeNanos) {
                wire.probe(peer);
            }
        }
        loop.schedule(probeNanos, this::probe);
    }

    @Override
    public void multicast(TotemMessage message, Scope scope) {
        SortedSet<NodeId> targets = scope instanceof Scope.RingMembers ring ? ring.members() : nodes;
        if (message instanceof RegularMessage regular && regular.sender().equals(self)) {
            trace.sent(regular);
        } else if (message instanceof RecoveryMessage repeat && repeat.sender().equals(self)) {
            trace.repeated(repeat);
        }
        byte[] bytes = TotemCodec.encode(message);
        for (NodeId target : targets) {
            if (!target.equals(self)) {
                transmit(target, bytes);
            }
        }
    }

    @Override
    public void send(NodeId target, TotemMessage message) {
        if (message instanceof Token passed) {
            token.passed(passed);
        } else if (message instanceof TokenLoan loan) {
            token.passed(loan.token());
        } else if (message instanceof CommitToken commit) {
            trace.forming(commit.ring());
        }
        transmit(target, TotemCodec.encode(message));
    }

    @Override
    public void repeat(NodeId target, TotemMessage message) {
        send(target, message);
    }

    private void transmit(NodeId target, byte[] bytes) {
        if (!closed) {
            sentAt.put(target, now());
            wire.packet(target, bytes);
        }
    }

    private void arm() {
        if (!isOpen()) {
            return;
        }
        long deadline = ring.nextDeadlineNanos();
        if (deadline != Long.MAX_VALUE && (armedFor == Long.MAX_VALUE || deadline - armedFor < 0)) {
            armedFor = deadline;
            loop.schedule(deadline - now(), () -> due(deadline));
        }
    }

    private void due(long deadline) {
        if (armedFor == deadline) {
            armedFor = Long.MAX_VALUE;
        }
        if (isOpen() && ring.nextDeadlineNanos() - now() <= 0) {
            ring.tick(now());
        }
    }

    private long now() {
        return loop.clock().nanoTime();
    }
}
