package dev.ha4j.totem.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Rings on loopback, of which some send all the time while nodes and addresses change. */
final class ChangingCluster implements AutoCloseable {

    /** So long that a machine which is busy with other things does not lose the token. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(5);

    private final String name;
    private final Carriage carriage;
    private final SecureRandom random = new SecureRandom();
    private final ClusterKey key = ClusterKey.generate(random);
    private final TreeMap<NodeId, UdpRing> rings = new TreeMap<>();
    private final TreeMap<NodeId, Recorder> recorders = new TreeMap<>();
    private final Thread sender = new Thread(this::sendAll, "sender");
    private final Semaphore due = new Semaphore(0);
    private final AtomicInteger sent = new AtomicInteger();
    private volatile int senders;

    ChangingCluster(String name, Carriage carriage) {
        this.name = name;
        this.carriage = carriage;
    }

    static InetSocketAddress free(String host) throws IOException {
        try (DatagramSocket socket = FreePorts.hold(host)) {
            return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
        }
    }

    /** Each node's addresses, one for each of the hosts. */
    static SortedMap<NodeId, List<InetSocketAddress>> addresses(int nodes, String... hosts) throws IOException {
        TreeMap<NodeId, List<InetSocketAddress>> addresses = new TreeMap<>();
        for (int id = 1; id <= nodes; id++) {
            List<InetSocketAddress> own = new ArrayList<>();
            for (String host : hosts) {
                own.add(free(host));
            }
            addresses.put(NodeId.of(id), own);
        }
        return addresses;
    }

    UdpRing start(int id, SortedMap<NodeId, List<InetSocketAddress>> addresses) throws IOException {
        NodeId self = NodeId.of(id);
        RingConfig ring = RingConfig.builder()
                .nodes(addresses.keySet())
                .tokenTimeout(PATIENCE)
                .build();
        Recorder recorder = new Recorder();
        UdpRing started = new UdpRing(
                carriage.applyTo(UdpRingConfig.ofLinks(name, self, ring, addresses, key, random.nextLong())),
                new MemorySequences(),
                recorder);
        recorders.put(self, recorder);
        rings.put(self, started);
        started.start();
        return started;
    }

    void awaitMembers(String members, int... ids) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(POLL)
                .untilAsserted(() -> IntStream.of(ids)
                        .forEach(id -> assertThat(recorder(id).members()).isEqualTo(members)));
    }

    /** The first so many nodes begin to send so many messages, one after the other. */
    void send(int nodes, int messages) {
        senders = nodes;
        due.release(messages);
        if (!sender.isAlive()) {
            sender.setDaemon(true);
            sender.start();
        }
    }

    private void sendAll() {
        try {
            for (; ; ) {
                due.acquire();
                int next = sent.get();
                byte[] payload = Integer.toString(next).getBytes(UTF_8);
                ring(1 + next % senders).send(Lane.CONTROL, DeliveryGuarantee.AGREED, payload);
                sent.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was to be sent until now has been sent. */
    void awaitSent() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(POLL)
                .until(() -> due.availablePermits() == 0 && due.hasQueuedThreads());
    }

    /** All of it has arrived at these, once and in one order. */
    void requireAll(int... ids) {
        awaitSent();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(POLL)
                .untilAsserted(() -> IntStream.of(ids)
                        .forEach(id -> assertThat(recorder(id).payloads()).hasSize(sent.get())));
        for (int id : ids) {
            assertThat(recorder(id).payloads())
                    .doesNotHaveDuplicates()
                    .isEqualTo(recorder(ids[0]).payloads());
        }
    }

    void change(SortedMap<NodeId, List<InetSocketAddress>> addresses, int... ids)
            throws ExecutionException, InterruptedException {
        for (int id : ids) {
            ring(id).changeNodes(addresses).toCompletableFuture().get();
        }
    }

    UdpRing ring(int id) {
        return rings.get(NodeId.of(id));
    }

    Recorder recorder(int id) {
        return recorders.get(NodeId.of(id));
    }

    UdpRingReport report(int id) throws ExecutionException, InterruptedException {
        return ring(id).report().toCompletableFuture().get();
    }

    @Override
    public void close() {
        sender.interrupt();
        rings.values().forEach(UdpRing::closeNow);
    }
}
