package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.NanoClock;
import dev.ha4j.runtime.Timer;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Rings as they ship, without sockets, in virtual time: everything takes as long as the test wants it to. */
final class VirtualRings {

    static final NodeId FIRST = NodeId.of(1);
    static final NodeId SECOND = NodeId.of(2);

    private static final int PORT = 5405;
    private static final int DATAGRAM_BYTES = 1_472;
    private static final int FULL_BYTES = 1_200;
    private static final long STEP_NANOS = 1_000_000;

    private final TreeMap<NodeId, CarriedRing> rings = new TreeMap<>();
    private final TreeMap<NodeId, Recorder> recorders = new TreeMap<>();
    private final TreeMap<NodeId, RingTransport> transports = new TreeMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::order));
    private final Loop loop = new Loop();
    private long nowNanos = 1_000_000_000L;
    private long order;
    long delayNanos = 100_000;
    Loss loses = (sender, link, bytes) -> false;

    private record Event(long atNanos, long order, Runnable task) {}

    /** Which datagrams never arrive. */
    @FunctionalInterface
    interface Loss {
        boolean hits(NodeId sender, int link, int bytes);
    }

    VirtualRings(RingConfig config, int links, LinkPolicy policy) {
        this(config, links, LinkOptions.of(policy), DATAGRAM_BYTES);
    }

    /** @param datagramBytes what each host's interfaces take */
    VirtualRings(RingConfig config, int links, LinkOptions options, int datagramBytes) {
        this(config, links, own -> own.links(options), datagramBytes);
    }

    /** One link, and sockets whose datagrams are limited to these. */
    VirtualRings(RingConfig config, int maxDatagramBytes) {
        this(config, 1, own -> own.maxDatagramBytes(maxDatagramBytes), maxDatagramBytes);
    }

    private VirtualRings(RingConfig config, int links, UnaryOperator<UdpRingConfig> carriage, int datagramBytes) {
        TreeMap<NodeId, List<InetSocketAddress>> addresses = new TreeMap<>();
        for (NodeId node : config.nodes()) {
            addresses.put(
                    node,
                    IntStream.range(0, links)
                            .mapToObj(link -> address(node, link))
                            .toList());
        }
        Random random = new Random(1);
        ClusterKey key = ClusterKey.generate(random);
        for (NodeId self : config.nodes()) {
            UdpRingConfig own = UdpRingConfig.ofLinks("virtual", self, config, addresses, key, random.nextLong());
            Recorder recorder = new Recorder();
            recorders.put(self, recorder);
            rings.put(
                    self,
                    new CarriedRing(
                            carriage.apply(own),
                            loop,
                            new MemorySequences(),
                            recorder,
                            random,
                            this::carry,
                            datagramBytes,
                            transport -> {
                                transports.put(self, transport);
                                return transport;
                            }));
        }
        rings.values().forEach(CarriedRing::start);
    }

    private static InetSocketAddress address(NodeId node, int link) {
        return new InetSocketAddress("10." + link + ".0." + node.value(), PORT);
    }

    private static NodeId nodeAt(InetSocketAddress address) {
        return NodeId.of(address.getAddress().getAddress()[3]);
    }

    private static int linkAt(InetSocketAddress address) {
        return address.getAddress().getAddress()[1];
    }

    private void carry(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
        if (!loses.hits(nodeAt(from), linkAt(from), datagram.length)) {
            loop.schedule(delayNanos, () -> ring(nodeAt(to)).received(to, datagram, from));
        }
    }

    /** A node hears, true or not, that nobody listens at the other's first link. */
    void refuse(NodeId hearing, NodeId about) {
        ring(hearing).refused(address(about, 0));
    }

    void submit(NodeId sender, byte[] message) {
        ring(sender).submit(Lane.CONTROL, DeliveryGuarantee.AGREED, message);
    }

    /** How many full datagrams the sender puts on each link until the receiver has the message. */
    Map<Integer, Integer> carry(NodeId sender, NodeId receiver, byte[] message) {
        TreeMap<Integer, Integer> full = new TreeMap<>();
        Loss before = loses;
        loses = (from, link, bytes) -> {
            if (from.equals(sender) && bytes >= FULL_BYTES) {
                full.merge(link, 1, Integer::sum);
            }
            return before.hits(from, link, bytes);
        };
        int delivered = payloadsAt(receiver).size();
        submit(sender, message);
        while (payloadsAt(receiver).size() == delivered) {
            run(STEP_NANOS);
        }
        loses = before;
        return full;
    }

    CarriedRing ring(NodeId node) {
        return rings.get(node);
    }

    /** Says something in the name of this node's ring. */
    RingTransport transport(NodeId node) {
        return transports.get(node);
    }

    /** So many rings this node has had. */
    int ringsOf(NodeId node) {
        return recorders.get(node).configurations.size();
    }

    List<String> payloadsAt(NodeId node) {
        return recorders.get(node).payloads();
    }

    int membersAt(NodeId node) {
        return ring(node).report().ring().members().size();
    }

    long nowNanos() {
        return nowNanos;
    }

    void every(long intervalNanos, Runnable task) {
        loop.schedule(intervalNanos, () -> {
            task.run();
            every(intervalNanos, task);
        });
    }

    void run(long nanos) {
        long end = nowNanos + nanos;
        while (!events.isEmpty() && events.peek().atNanos() <= end) {
            Event event = events.poll();
            nowNanos = event.atNanos();
            event.task().run();
        }
        nowNanos = end;
    }

    private final class Loop implements EventLoop {
        @Override
        public void execute(Runnable task) {
            events.add(new Event(nowNanos, order++, task));
        }

        @Override
        public Timer schedule(long delay, Runnable task) {
            Event event = new Event(nowNanos + delay, order++, task);
            events.add(event);
            return () -> events.remove(event);
        }

        @Override
        public NanoClock clock() {
            return () -> nowNanos;
        }
    }
}
