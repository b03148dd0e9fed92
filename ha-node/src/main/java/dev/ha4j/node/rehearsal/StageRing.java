package dev.ha4j.node.rehearsal;

import dev.ha4j.api.NodeId;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.Scope;
import dev.ha4j.totem.TotemMessage;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.wire.DecodeResult;
import dev.ha4j.totem.wire.TotemCodec;
import java.nio.ByteBuffer;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.slf4j.helpers.NOPLogger;

/** The production ring, whose messages travel as bytes from one stand-in to the other. */
final class StageRing implements RingPort, RingTransport {

    private static final long SEED = 1;

    private final NodeId self;
    private final SortedSet<NodeId> nodes;
    private final StageLoop loop;
    private final Wire wire;
    private final TotemRing ring;
    private long armedForNanos = Long.MAX_VALUE;
    private boolean open;

    /** Brings a packet to a node. */
    @FunctionalInterface
    interface Wire {
        void send(NodeId target, byte[] packet);
    }

    StageRing(
            RingConfig config, NodeId self, RingSequences sequences, RingListener listener, StageLoop loop, Wire wire) {
        this.self = self;
        this.nodes = config.nodes();
        this.loop = loop;
        this.wire = wire;
        this.ring = new TotemRing(
                config, self, sequences, this, listener, new SplittableRandom(SEED), NOPLogger.NOP_LOGGER);
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void start() {
        open = true;
        enter(TotemRing::start);
    }

    @Override
    public void onRing(BiConsumer<TotemRing, Long> call) {
        loop.execute(() -> enter(call));
    }

    @Override
    public void close() {
        open = false;
    }

    void arrived(NodeId from, byte[] packet) {
        if (TotemCodec.decode(ByteBuffer.wrap(packet)) instanceof DecodeResult.Decoded decoded) {
            onRing((it, now) -> it.receive(from, decoded.message(), now));
        }
    }

    private void enter(BiConsumer<TotemRing, Long> call) {
        if (open) {
            call.accept(ring, now());
            arm();
        }
    }

    private void arm() {
        long deadlineNanos = ring.nextDeadlineNanos();
        if (deadlineNanos < armedForNanos) {
            armedForNanos = deadlineNanos;
            loop.schedule(deadlineNanos - now(), () -> due(deadlineNanos));
        }
    }

    private void due(long deadlineNanos) {
        if (armedForNanos == deadlineNanos) {
            armedForNanos = Long.MAX_VALUE;
        }
        enter(TotemRing::tick);
    }

    @Override
    public void multicast(TotemMessage message, Scope scope) {
        byte[] packet = TotemCodec.encode(message);
        SortedSet<NodeId> targets = scope instanceof Scope.RingMembers some ? some.members() : nodes;
        targets.stream().filter(target -> !target.equals(self)).forEach(target -> wire.send(target, packet));
    }

    @Override
    public void send(NodeId target, TotemMessage message) {
        wire.send(target, TotemCodec.encode(message));
    }

    @Override
    public void repeat(NodeId target, TotemMessage message) {
        send(target, message);
    }

    private long now() {
        return loop.clock().nanoTime();
    }
}
