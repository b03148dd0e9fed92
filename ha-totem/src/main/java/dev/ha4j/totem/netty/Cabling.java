package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.runtime.NanoClock;
import dev.ha4j.totem.netty.Endpoints.Bound;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Which sockets the node has, and what for. Goes over to another configuration by opening what is missing, installing all of it
 * at once, and closing what is left over; links that stay the same keep their socket and what is known of them. On the loop only.
 */
final class Cabling {

    private final Endpoints endpoints;
    private final RingDriver driver;
    private final NanoClock clock;
    private final Map<InetSocketAddress, Bound> bound = new LinkedHashMap<>();
    private final Map<Way, PeerLink> links = new LinkedHashMap<>();
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private UdpRingConfig config;

    Cabling(UdpRingConfig config, Endpoints endpoints, RingDriver driver, NanoClock clock) {
        this.config = config;
        this.endpoints = endpoints;
        this.driver = driver;
        this.clock = clock;
    }

    boolean isOpen() {
        return !bound.isEmpty();
    }

    /**
     * Changes the configuration that is in force when earlier changes are done. If something can't be opened, the future fails
     * with an {@link java.io.IOException}, and nothing has changed. Fails with an {@link IllegalStateException} when the ring has ended.
     */
    CompletableFuture<Void> change(UnaryOperator<UdpRingConfig> change) {
        last = last.handle((done, failure) -> change.apply(config)).thenCompose(this::goOverTo);
        return last;
    }

    private CompletableFuture<Void> goOverTo(UdpRingConfig next) {
        Map<InetSocketAddress, CompletableFuture<Bound>> binding = new LinkedHashMap<>();
        for (int link = 0; link < next.bind().size(); link++) {
            InetSocketAddress own = next.bind().get(link);
            if (!bound.containsKey(own)) {
                binding.put(own, endpoints.bind(own, link));
            }
        }
        Map<Way, CompletableFuture<PeerLink>> connecting = new LinkedHashMap<>();
        for (Way way : Way.all(next)) {
            if (!links.containsKey(way)) {
                connecting.put(way, endpoints.connect(way, next));
            }
        }
        return allOf(binding.values(), connecting.values())
                .thenRun(this::requireOpen)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        succeeded(binding.values())
                                .forEach(socket -> socket.channels().forEach(driver::discard));
                        succeeded(connecting.values()).forEach(link -> driver.discard(link.channel()));
                        return;
                    }
                    binding.forEach((own, opened) -> bound.put(own, opened.join()));
                    connecting.forEach((way, opened) -> links.put(way, opened.join()));
                    install(next);
                });
    }

    private void requireOpen() {
        if (driver.isClosed()) {
            throw new IllegalStateException("the ring has ended");
        }
    }

    private static CompletableFuture<Void> allOf(
            Collection<CompletableFuture<Bound>> binding, Collection<CompletableFuture<PeerLink>> connecting) {
        return CompletableFuture.allOf(
                Stream.concat(binding.stream(), connecting.stream()).toArray(CompletableFuture<?>[]::new));
    }

    private static <T> Stream<T> succeeded(Collection<CompletableFuture<T>> ended) {
        return ended.stream().filter(each -> !each.isCompletedExceptionally()).map(CompletableFuture::join);
    }

    private void install(UdpRingConfig next) {
        config = next;
        long nowNanos = clock.nanoTime();
        List<Channel> unused = new ArrayList<>(keep(bound, next.bind(), Bound::channels));
        unused.addAll(keep(links, Way.all(next), link -> List.of(link.channel())));
        next.bind().forEach(own -> socket(own).renumber(next.bind().indexOf(own)));
        links.values()
                .forEach(link -> link.health()
                        .pace(next.pingInterval().toNanos(), next.pingTimeout().toNanos(), nowNanos));
        driver.counters().bound(next.bind());
        bound.values().stream().mapToInt(Bound::receiveBytes).min().ifPresent(driver.counters()::receiveBuffer);
        driver.groups()
                .become(bound.values().stream()
                        .flatMap(socket -> socket.group().stream())
                        .toList());
        driver.change(next.peers().stream().map(peer -> route(peer, nowNanos)).toList(), next.peers(), unused);
    }

    private Bound socket(InetSocketAddress own) {
        Bound socket = bound.get(own);
        if (socket == null) {
            throw new IllegalStateException("no socket is bound to " + own);
        }
        return socket;
    }

    private PeerRoute route(NodeId peer, long nowNanos) {
        List<PeerLink> own = Way.all(config).stream()
                .filter(way -> way.peer().equals(peer))
                .flatMap(way -> Stream.ofNullable(links.get(way)))
                .toList();
        return new PeerRoute(peer, own, config.links(), nowNanos);
    }

    /** Takes the others out; their channels. */
    private static <K, V> List<Channel> keep(Map<K, V> all, List<K> wanted, Function<V, List<Channel>> channels) {
        Map<K, V> others = new LinkedHashMap<>(all);
        wanted.forEach(others::remove);
        others.keySet().forEach(all::remove);
        return others.values().stream().map(channels).flatMap(List::stream).toList();
    }
}
