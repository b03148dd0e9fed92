package dev.ha4j.totem.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two rings find each other by name; the names are the test's. */
@Timeout(60)
@ParameterizedClass
@MethodSource("dev.ha4j.totem.netty.Carriage#plain")
class AddressFollowerTest {

    @Parameter
    private Carriage carriage;

    private static final NodeId A = NodeId.of(1);
    private static final NodeId B = NodeId.of(2);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final SecureRandom random = new SecureRandom();
    private final ClusterKey key = ClusterKey.generate(random);
    private static final int MANY = 1_000_000;

    private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
    private final Semaphore answers = new Semaphore(MANY);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final TreeMap<NodeId, UdpRing> rings = new TreeMap<>();
    private final TreeMap<NodeId, Recorder> recorders = new TreeMap<>();
    private final TreeMap<NodeId, AddressFollower> followers = new TreeMap<>();
    private final TreeMap<NodeId, Integer> ports = new TreeMap<>();

    @BeforeEach
    void bothAreOnLoopback() throws IOException {
        ports.put(A, ChangingCluster.free("127.0.0.1").getPort());
        ports.put(B, ChangingCluster.free("127.0.0.1").getPort());
        move("a", "127.0.0.1");
        move("b", "127.0.0.1");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void aNodeThatMovesKeepsItsIdentity() throws Exception {
        start(A);
        start(B);
        awaitMembers("1 2", A, B);
        move("b", "127.0.0.2");
        awaitAddress(A, "127.0.0.2");
        awaitMembers("1 2", A, B);
        rings.get(B).send(Lane.CONTROL, DeliveryGuarantee.SAFE, "from there".getBytes(UTF_8));
        await().pollInterval(POLL)
                .untilAsserted(() -> assertThat(recorders.get(A).payloads()).contains("from there"));
        assertThat(report(A).security().confirmedPeers()).containsKey(B);
    }

    @Test
    void whatCanNotBeResolvedStaysAsItWas() throws Exception {
        start(A);
        start(B);
        awaitMembers("1 2", A, B);
        int configurations = recorders.get(A).configurations.size();
        names.remove("b");
        await().pollInterval(POLL)
                .untilAsserted(() -> assertThat(followers.get(A).problems())
                        .containsOnly(entry("node 2, link 0", "the name b can't be resolved")));
        assertThat(recorders.get(A).configurations).hasSize(configurations);
        awaitAddress(A, "127.0.0.1");
        move("b", "127.0.0.1");
        await().pollInterval(POLL)
                .untilAsserted(() -> assertThat(followers.get(A).problems()).isEmpty());
    }

    @Test
    void aPeerWhoseNameIsNotKnownYetIsFoundLater() throws Exception {
        names.remove("b");
        start(A);
        awaitMembers("1", A);
        assertThat(report(A).links()).isEmpty();
        move("b", "127.0.0.1");
        start(B);
        awaitMembers("1 2", A, B);
    }

    /** The answer that is under way has to come, and no other. */
    @Test
    void aRemovalDoesNotWaitForNames() throws Exception {
        SortedMap<NodeId, List<AddressSource>> first = sources();
        start(A, first, List.of());
        awaitMembers("1", A);
        answers.drainPermits();
        await().pollInterval(POLL).until(answers::hasQueuedThreads);
        SortedMap<NodeId, List<AddressSource>> rest = new TreeMap<>(first.headMap(B));
        CompletionStage<Void> removed = followers.get(A).change(rest);
        answers.release();
        assertThat(removed.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
        assertThat(report(A).links()).isEmpty();
        answers.release(MANY);
    }

    @Test
    void whoIsClosedTakesNoChange() throws Exception {
        start(A);
        followers.get(A).close();
        assertThat(followers.get(A).change(sources()).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNodeHasToKnowItsOwnAddress() {
        names.remove("a");
        assertThatThrownBy(() -> start(A)).isInstanceOf(IOException.class).hasMessageContaining("a can't be resolved");
    }

    @Test
    void ofSeveralAddressesTheOneInUseIsKept() throws Exception {
        List<InetAddress> all =
                new ArrayList<>(List.of(InetAddress.getByName("10.0.0.1"), InetAddress.getByName("10.0.0.2")));
        NamedAddress name = new NamedAddress("a", 1, asked -> all.toArray(new InetAddress[0]));
        assertThat(name.address()).isEqualTo(new InetSocketAddress("10.0.0.1", 1));
        all.add(all.remove(0));
        assertThat(name.address()).isEqualTo(new InetSocketAddress("10.0.0.1", 1));
        all.remove(1);
        assertThat(name.address()).isEqualTo(new InetSocketAddress("10.0.0.2", 1));
    }

    @Test
    void literalsAreFixed() throws IOException {
        assertThat(AddressSource.of("10.0.0.1", 5405).isFixed()).isTrue();
        assertThat(AddressSource.of("fe80::1", 5405).address()).isEqualTo(new InetSocketAddress("fe80::1", 5405));
        assertThat(AddressSource.of("node.example", 5405).isFixed()).isFalse();
    }

    /** Behind a forwarded port the name leads to where no socket of this host can be bound. */
    @Test
    void whatWasBoundByHandStaysWhereverTheNameLeads() throws Exception {
        start(A, sources(), List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(A))));
        move("a", "192.0.2.1");
        move("b", "127.0.0.2");
        awaitAddress(A, "127.0.0.2");
        assertThat(followers.get(A).problems()).isEmpty();
        names.put("b", names.get("a"));
        move("a", "127.0.0.1");
        start(B, sources(), List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(B))));
        move("b", "127.0.0.1");
        awaitMembers("1 2", A, B);
    }

    @Test
    void othersAreFollowedThoughTheOwnAddressCanNotBeUsed() throws Exception {
        start(A);
        move("a", "192.0.2.1");
        move("b", "127.0.0.2");
        awaitAddress(A, "127.0.0.2");
        await().pollInterval(POLL)
                .untilAsserted(() -> assertThat(followers.get(A).problems())
                        .hasEntrySatisfying("ring", reason -> assertThat(reason).contains("can't bind")));
        move("a", "127.0.0.2");
        await().pollInterval(POLL)
                .untilAsserted(() -> assertThat(followers.get(A).problems()).isEmpty());
        start(B);
        awaitMembers("1 2", A, B);
    }

    private void move(String name, String address) throws UnknownHostException {
        names.put(name, List.of(InetAddress.getByName(address)));
    }

    private InetAddress[] resolve(String name) throws UnknownHostException {
        answers.acquireUninterruptibly();
        List<InetAddress> all = names.get(name);
        if (all == null) {
            throw new UnknownHostException(name);
        }
        return all.toArray(new InetAddress[0]);
    }

    private SortedMap<NodeId, List<AddressSource>> sources() {
        SortedMap<NodeId, List<AddressSource>> sources = new TreeMap<>();
        sources.put(A, List.of(new NamedAddress("a", ports.get(A), this::resolve)));
        sources.put(B, List.of(new NamedAddress("b", ports.get(B), this::resolve)));
        return sources;
    }

    private void start(NodeId self) throws IOException {
        start(self, sources(), List.of());
    }

    private void start(NodeId self, SortedMap<NodeId, List<AddressSource>> sources, List<InetSocketAddress> bind)
            throws IOException {
        SortedMap<NodeId, List<InetSocketAddress>> first = AddressFollower.first(sources, self);
        RingConfig ring = RingConfig.builder().nodes(first.keySet()).build();
        Recorder recorder = new Recorder();
        UdpRingConfig config = UdpRingConfig.ofLinks("names", self, ring, first, key, random.nextLong())
                .boundTo(bind);
        UdpRing started = new UdpRing(carriage.applyTo(config), new MemorySequences(), recorder);
        opened.add(started::closeNow);
        rings.put(self, started);
        recorders.put(self, recorder);
        started.start();
        AddressFollower follower = new AddressFollower(started, sources, first, INTERVAL);
        followers.put(self, follower);
        opened.add(0, follower);
    }

    private void awaitMembers(String members, NodeId... nodes) {
        await().atMost(Duration.ofSeconds(20)).pollInterval(POLL).untilAsserted(() -> {
            for (NodeId node : nodes) {
                assertThat(recorders.get(node).members()).isEqualTo(members);
                assertThat(report(node).ring().state()).isEqualTo("operational");
            }
        });
    }

    private void awaitAddress(NodeId node, String expected) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(report(node).links())
                        .singleElement()
                        .satisfies(
                                link -> assertThat(link.address().getAddress().getHostAddress())
                                        .isEqualTo(expected)));
    }

    private UdpRingReport report(NodeId node) throws Exception {
        return rings.get(node).report().toCompletableFuture().get();
    }
}
