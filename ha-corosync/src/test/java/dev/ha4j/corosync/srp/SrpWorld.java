package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.RingSequences;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Nodes in virtual time, on a network that loses, delays and divides; a function of its seed. */
final class SrpWorld {

    private static final long MILLI = 1_000_000;
    private static final int SOCKET_PACKETS = 2_000;

    final TreeMap<NodeId, Node> nodes = new TreeMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final SplittableRandom random;
    private final SrpConfig config;
    private final int firstSequence;
    private double loss;
    private double mangled;
    private long now;
    private long number;

    private record Event(long at, long number, Runnable what) {}

    /** What a node heard of one ring. */
    record Epoch(RingId ring, SortedSet<NodeId> members, List<String> delivered, List<String> inTransition) {}

    SrpWorld(long seed, int size, int firstSequence) {
        this.random = new SplittableRandom(seed);
        this.firstSequence = firstSequence;
        TreeMap<NodeId, Node> all = new TreeMap<>();
        for (int i = 1; i <= size; i++) {
            all.put(NodeId.of(i), new Node(NodeId.of(i)));
        }
        this.config = new SrpConfig(
                Sets.copy(all.keySet()),
                1_000 * MILLI,
                238 * MILLI,
                180 * MILLI,
                50 * MILLI,
                1_200 * MILLI,
                200 * MILLI,
                5_000 * MILLI,
                50,
                17,
                5,
                30,
                2_500,
                false);
        nodes.putAll(all);
    }

    void loss(double fraction) {
        loss = fraction;
    }

    /** A byte of so many packets is another one. */
    void mangle(double fraction) {
        mangled = fraction;
    }

    Node node(int id) {
        return nodes.get(NodeId.of(id));
    }

    void startAll() {
        nodes.values().forEach(Node::start);
    }

    /** Nodes hear each other only within their part. */
    void divide(List<List<Integer>> parts) {
        for (int part = 0; part < parts.size(); part++) {
            for (int id : parts.get(part)) {
                node(id).part = part;
            }
        }
    }

    void run(long millis) {
        long end = now + millis * MILLI;
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.remove();
            now = event.at();
            event.what().run();
        }
        now = end;
    }

    private void later(long nanos, Runnable what) {
        events.add(new Event(now + nanos, number++, what));
    }

    final class Node implements SrpTransport, SrpListener, Outgoing, RingSequences {

        final NodeId id;
        final List<Epoch> epochs = new ArrayList<>();

        /** Numbers of the first epoch of each life. */
        final TreeSet<Integer> restarts = new TreeSet<>();

        private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
        private final ArrayDeque<byte[]> socket = new ArrayDeque<>();
        private Srp srp;
        private int part;
        private int life;
        private int sent;
        private int refused;
        private long reserved;
        private boolean transition;
        private boolean frozen;

        Node(NodeId id) {
            this.id = id;
        }

        void start() {
            life++;
            srp = new Srp(config, id, this, this, this, this, firstSequence, LoggerFactory.getLogger("srp." + id));
            queue.clear();
            socket.clear();
            frozen = false;
            transition = false;
            restarts.add(epochs.size());
            srp.start(now);
            wakeLater();
        }

        void kill() {
            life++;
            frozen = false;
            srp = null;
        }

        void leave() {
            srp.leave(now);
            kill();
        }

        /** Nothing happens here until {@link #thaw}; what comes meanwhile waits in the socket, as far as there is room. */
        void freeze() {
            frozen = true;
        }

        void thaw() {
            frozen = false;
            while (!socket.isEmpty()) {
                receive(socket.remove());
            }
            srp.tick(now);
            srp.workToDo(now);
            wakeLater();
        }

        boolean isFrozen() {
            return frozen;
        }

        boolean isRunning() {
            return srp != null;
        }

        int refused() {
            return refused;
        }

        Srp srp() {
            return srp;
        }

        Epoch epoch() {
            return epochs.get(epochs.size() - 1);
        }

        void submit(int count) {
            for (int i = 0; i < count; i++) {
                queue.add(ByteBuffer.allocate(12)
                        .putInt(id.value())
                        .putInt(life)
                        .putInt(sent++)
                        .array());
            }
            if (!frozen) {
                srp.workToDo(now);
            }
        }

        private void wakeLater() {
            long wait = srp.untilNextNanos(now);
            if (wait != Long.MAX_VALUE) {
                int alive = life;
                later(Math.max(1, wait), () -> {
                    if (alive == life && !frozen) {
                        srp.tick(now);
                        wakeLater();
                    }
                });
            }
        }

        private byte[] onTheWay(byte[] packet) {
            byte[] copy = packet.clone();
            if (random.nextDouble() < mangled) {
                copy[random.nextInt(copy.length)] = (byte) random.nextInt();
            }
            return copy;
        }

        private void arrived(byte[] packet) {
            if (!frozen) {
                receive(packet);
            } else if (socket.size() < SOCKET_PACKETS) {
                socket.add(packet);
            }
        }

        private void receive(byte[] packet) {
            try {
                srp.receive(SrpCodec.decode(packet), now);
                srp.tick(now);
            } catch (Malformed malformed) {
                refused++;
            }
        }

        @Override
        public void multicast(SrpMessage message, SortedSet<NodeId> targets) {
            targets.forEach(target -> send(target, message));
        }

        @Override
        public void send(NodeId target, SrpMessage message) {
            Node other = nodes.get(target);
            boolean lost = !target.equals(id) && (other.part != part || random.nextDouble() < loss);
            if (!lost && other.isRunning()) {
                byte[] packet = onTheWay(SrpCodec.encode(message));
                int alive = other.life;
                long delay = target.equals(id) ? 20_000 : random.nextLong(50_000, 300_000);
                later(delay, () -> {
                    if (alive == other.life && (target.equals(id) || other.part == part)) {
                        other.arrived(packet);
                    }
                });
            }
        }

        @Override
        public void delivered(NodeId sender, ByteBuffer packet) {
            String what = packet.getInt() + "." + packet.getInt() + "." + packet.getInt();
            (transition ? epoch().inTransition() : epoch().delivered()).add(what);
        }

        @Override
        public void transitional(SortedSet<NodeId> members, SortedSet<NodeId> left) {
            transition = true;
        }

        @Override
        public void regular(RingId ring, SortedSet<NodeId> members) {
            transition = false;
            epochs.add(new Epoch(ring, members, new ArrayList<>(), new ArrayList<>()));
        }

        @Override
        public void left() {}

        @Override
        public void failed(String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public int packets() {
            return queue.size();
        }

        @Override
        public byte[] next() {
            return queue.remove();
        }

        @Override
        public long reservedUpTo() {
            return reserved;
        }

        @Override
        public void reserve(long upTo, Consumer<Boolean> done) {
            int alive = life;
            later(MILLI, () -> {
                if (alive == life) {
                    reserved = upTo;
                    done.accept(true);
                }
            });
        }
    }
}
