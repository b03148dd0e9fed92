package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.wire.TotemCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One boot of one node: the production ring, and a history of what it told its application. */
final class SimulatedNode implements RingTransport, RingListener {

    final NodeId id;
    final int boot;
    final TotemRing ring;
    final List<History> history = new ArrayList<>();
    final List<String> submitted = new ArrayList<>();
    private final SimulatedCluster cluster;
    SortedSet<NodeId> configured;
    boolean alive = true;
    boolean paused;
    boolean over;
    boolean failed;
    Runnable uponDelivery = () -> {};
    Consumer<TokenVisit> uponVisit = visit -> {};
    private long armed = Long.MAX_VALUE;

    /** What an application saw. */
    sealed interface History {
        record Delivered(
                RingId ring, long sequence, NodeId sender, String text, DeliveryGuarantee guarantee, boolean late)
                implements History {}

        record Transitional(TransitionalConfiguration configuration) implements History {}

        record Regular(RegularConfiguration configuration) implements History {}

        record Lost(long id) implements History {}
    }

    SimulatedNode(SimulatedCluster cluster, NodeId id, int boot, RingConfig config, SplittableRandom random) {
        this.cluster = cluster;
        this.id = id;
        this.boot = boot;
        this.configured = config.nodes();
        this.ring = new TotemRing(config, id, new Disk(), this, this, random.split());
    }

    void call(Consumer<TotemRing> action) {
        if (alive) {
            String before = cluster.logging ? ring.report().state() : "";
            action.accept(ring);
            if (cluster.logging && !before.equals(ring.report().state())) {
                cluster.log(id, before + " -> " + ring.report().state());
            }
            arm();
        }
    }

    /** Learns which nodes are configured now. */
    void catchUp() {
        SortedSet<NodeId> newest = cluster.config().nodes();
        if (paused) {
            cluster.at(cluster.now() + 1_000_000, this::catchUp);
        } else if (newest.contains(id) && !newest.equals(configured)) {
            configured = newest;
            call(r -> r.changeNodes(newest, cluster.now()));
        }
    }

    private void arm() {
        long next = ring.nextDeadlineNanos();
        if (next != Long.MAX_VALUE && next != armed) {
            armed = next;
            cluster.at(Math.max(next, cluster.now()), () -> due(next));
        }
    }

    private void due(long deadline) {
        if (deadline != armed || !alive) {
            return;
        }
        if (paused) {
            cluster.at(cluster.now() + 1_000_000, () -> due(deadline));
            return;
        }
        armed = Long.MAX_VALUE;
        call(r -> r.tick(cluster.now()));
    }

    void submit(DeliveryGuarantee guarantee, Lane lane, int bytes) {
        if (!alive || paused || over) {
            return;
        }
        String text = id + "/" + boot + "/" + (submitted.size() + 1);
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(Math.max(bytes, name.length + 2))
                .putShort((short) name.length)
                .put(name)
                .array();
        if (ring.submit(lane, guarantee, payload, cluster.now()) instanceof Submission.Accepted) {
            submitted.add(text);
        }
        arm();
    }

    @Override
    public void multicast(TotemMessage message, Scope scope) {
        byte[] packet = TotemCodec.encode(message);
        cluster.logMessage(id, message);
        for (NodeId target : scope instanceof Scope.RingMembers some ? some.members() : configured) {
            if (!target.equals(id)) {
                cluster.transmit(id, target, packet);
            }
        }
    }

    @Override
    public void send(NodeId target, TotemMessage message) {
        cluster.logMessage(id, message);
        cluster.transmit(id, target, TotemCodec.encode(message));
    }

    @Override
    public void repeat(NodeId target, TotemMessage message) {
        send(target, message);
    }

    @Override
    public void delivered(Delivery d) {
        ByteBuffer in = ByteBuffer.wrap(d.payload());
        byte[] name = new byte[in.getShort()];
        in.get(name);
        String text = new String(name, StandardCharsets.UTF_8);
        if (d.submissionId().isPresent()) {
            String own = submitted.get((int) d.submissionId().getAsLong() - 1);
            if (!own.equals(text)) {
                throw new AssertionError("submission " + own + " delivered as " + text);
            }
        }
        record(new History.Delivered(d.ring(), d.sequence(), d.sender(), text, d.guarantee(), d.inTransitional()));
        uponDelivery.run();
    }

    @Override
    public void transitional(TransitionalConfiguration c) {
        record(new History.Transitional(c));
    }

    @Override
    public void regular(RegularConfiguration c) {
        record(new History.Regular(c));
    }

    @Override
    public void tokenVisited(TokenVisit v) {
        if (v.previousFirstSentAtNanos() - v.acceptedAtNanos() > 0) {
            throw new AssertionError("token came back before it was sent: " + v);
        }
        cluster.visits++;
        uponVisit.accept(v);
    }

    @Override
    public void indeterminate(long submissionId) {
        record(new History.Lost(submissionId));
    }

    @Override
    public void left() {
        over = true;
        cluster.log(id, "left");
    }

    @Override
    public void failed(String reason) {
        over = true;
        failed = true;
        cluster.log(id, "failed: " + reason);
    }

    private void record(History event) {
        history.add(event);
        cluster.log(id, event.toString());
    }

    /** Survives the boot, as the cluster remembers it. */
    private final class Disk implements RingSequences {
        @Override
        public long reservedUpTo() {
            return cluster.disk(id);
        }

        @Override
        public void reserve(long upTo, Consumer<Boolean> done) {
            cluster.store(SimulatedNode.this, upTo, done);
        }
    }
}
