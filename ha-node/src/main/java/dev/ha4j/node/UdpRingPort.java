package dev.ha4j.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.node.LocalEnvironment.Choices;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.netty.AddressFollower;
import dev.ha4j.totem.netty.AddressSource;
import dev.ha4j.totem.netty.UdpRing;
import dev.ha4j.totem.netty.UdpRingConfig;
import dev.ha4j.totem.netty.UdpRingReport;
import dev.ha4j.totem.security.ClusterKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The ring over UDP, on all links of each node. Follows the names of the nodes to wherever they lead. */
final class UdpRingPort implements RingPort {

    private final String cluster;
    private final UdpRing ring;
    private final AddressBook book;
    private final SortedMap<NodeId, List<AddressSource>> sources;
    private final SortedMap<NodeId, List<InetSocketAddress>> addresses;
    private final Duration interval;
    private volatile @Nullable AddressFollower follower;

    private UdpRingPort(
            String cluster,
            UdpRing ring,
            AddressBook book,
            SortedMap<NodeId, List<AddressSource>> sources,
            SortedMap<NodeId, List<InetSocketAddress>> addresses,
            Duration interval) {
        this.cluster = cluster;
        this.ring = ring;
        this.book = book;
        this.sources = sources;
        this.addresses = addresses;
        this.interval = interval;
    }

    /** @throws IllegalStateException if this node's own address isn't known */
    static UdpRingPort open(
            ClusterConfig cluster,
            RingConfig config,
            NodeId self,
            Choices choices,
            long boot,
            RingSequences sequences,
            RingListener listener) {
        AddressBook book = new AddressBook(choices.addresses());
        SortedMap<NodeId, List<AddressSource>> sources =
                book.of(cluster.policy().nodes());
        SortedMap<NodeId, List<InetSocketAddress>> addresses = first(sources, self);
        List<ClusterKey> keys = clusterKeys(cluster.authKeys(), cluster.name());
        UdpRingConfig defaults = UdpRingConfig.ofLinks(cluster.name(), self, config, addresses, keys.get(0), boot)
                .links(cluster.ring().links())
                .carriage(cluster.ring().sockets())
                .identity(choices.identity())
                .accepting(keys);
        UdpRing ring = new UdpRing(defaults.boundTo(choices.bind()), sequences, listener);
        return new UdpRingPort(cluster.name(), ring, book, sources, addresses, choices.addressInterval());
    }

    private static SortedMap<NodeId, List<InetSocketAddress>> first(
            SortedMap<NodeId, List<AddressSource>> sources, NodeId self) {
        try {
            return AddressFollower.first(sources, self);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static List<ClusterKey> clusterKeys(List<AuthKey> keys, String cluster) {
        return keys.stream().map(key -> ClusterKey.of(key, cluster)).toList();
    }

    @Override
    public EventLoop loop() {
        return ring.loop();
    }

    @Override
    public void start() throws IOException {
        ring.start();
        follower = new AddressFollower(ring, sources, addresses, interval);
    }

    @Override
    public void onRing(BiConsumer<TotemRing, Long> call) {
        ring.onRing(call);
    }

    @Override
    public Optional<UdpRingReport> network() {
        return Optional.of(ring.look());
    }

    @Override
    public SortedMap<String, String> addressProblems() {
        AddressFollower following = follower;
        return following == null ? Collections.emptySortedMap() : following.problems();
    }

    @Override
    public CompletionStage<Void> changeNodes(List<NodeSpec> nodes) {
        AddressFollower following = follower;
        if (following == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("the ring has not been started"));
        }
        return following.change(book.of(nodes));
    }

    @Override
    public CompletionStage<Void> changeKeys(List<AuthKey> keys) {
        return ring.changeKeys(clusterKeys(keys, cluster));
    }

    @Override
    public CompletionStage<Void> changeIdentity(NodeIdentity identity) {
        return ring.changeIdentity(identity);
    }

    @Override
    public void close() {
        AddressFollower following = follower;
        if (following != null) {
            following.close();
        }
        ring.closeNow();
    }
}
