package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.runtime.SingleThreadEventLoop;
import dev.ha4j.runtime.Timer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the addresses of a ring's nodes as their sources tell. Asks the sources that are not fixed again and again, on a thread of
 * its own ({@code ha4j-<cluster>-addresses-<node>}, a daemon), and tells the ring of changes. What a source can't tell stays as it
 * was, and {@link #problems} says so. Its methods may be called from any thread; only {@link #first} blocks.
 */
public final class AddressFollower implements AutoCloseable {

    /** How often sources are asked: what is asked for too often only costs, what is asked for too rarely is found late. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(AddressFollower.class);

    /** As long as something is amiss, sources are asked more often. */
    private static final int HASTE = 10;

    private final UdpRing ring;
    private final long intervalNanos;
    private final SingleThreadEventLoop loop;
    private SortedMap<NodeId, List<AddressSource>> sources;
    private SortedMap<NodeId, List<InetSocketAddress>> known;
    private SortedMap<NodeId, List<InetSocketAddress>> told;
    private @Nullable Timer timer;
    private final AtomicInteger changesToCome = new AtomicInteger();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile SortedMap<String, String> problems = Collections.emptySortedMap();

    /**
     * Begins to follow; call it when the ring has been started.
     *
     * @param first the addresses with which the ring was configured
     */
    public AddressFollower(
            UdpRing ring,
            SortedMap<NodeId, List<AddressSource>> sources,
            SortedMap<NodeId, List<InetSocketAddress>> first,
            Duration interval) {
        this.ring = ring;
        this.sources = new TreeMap<>(sources);
        this.known = new TreeMap<>(first);
        this.told = new TreeMap<>(first);
        this.intervalNanos = interval.toNanos();
        this.loop = new SingleThreadEventLoop(
                ring.threadName("addresses"), failure -> LOG.error("following addresses has failed", failure));
        loop.execute(this::followAgain);
    }

    /**
     * The addresses to begin with. Where a source can't tell, the address is unresolved, so that there is no link there until it can.
     *
     * @throws IOException if an address of {@code self} isn't known
     */
    public static SortedMap<NodeId, List<InetSocketAddress>> first(
            SortedMap<NodeId, List<AddressSource>> sources, NodeId self) throws IOException {
        SortedMap<NodeId, List<InetSocketAddress>> first = new TreeMap<>();
        TreeMap<String, String> unknown = new TreeMap<>();
        sources.forEach((node, links) -> first.put(node, ask(node, links, List.of(), unknown)));
        for (InetSocketAddress own : first.getOrDefault(self, List.of())) {
            if (own.isUnresolved()) {
                throw new IOException("where this node is to be reached isn't known: " + unknown);
            }
        }
        unknown.forEach((where, reason) -> LOG.warn("{}: {}; there is no link until it can be", where, reason));
        return first;
    }

    /**
     * Other nodes, or other sources, are followed from now on. Waits for the answers of one node's sources at most, and for those of sources that
     * are new.
     *
     * @return done when the ring has gone over to them; fails as {@link UdpRing#changeNodes} does, and is tried again later then.
     *     Fails with {@link IllegalStateException} once this is closed
     */
    public CompletionStage<Void> change(SortedMap<NodeId, List<AddressSource>> newSources) {
        CompletableFuture<Void> changed = new CompletableFuture<>();
        SortedMap<NodeId, List<AddressSource>> copy = new TreeMap<>(newSources);
        changesToCome.incrementAndGet();
        loop.execute(() -> {
            CompletableFuture<Void> unused = goOverTo(copy).whenComplete((done, failure) -> {
                end(changed, failure);
                changesToCome.decrementAndGet();
                loop.execute(this::followAgain);
            });
        });
        CompletableFuture<Void> unused = closed.whenComplete((done, failure) -> end(changed, failure));
        return changed;
    }

    private static void end(CompletableFuture<Void> changed, @Nullable Throwable failure) {
        if (failure == null) {
            changed.complete(null);
        } else {
            changed.completeExceptionally(failure);
        }
    }

    /** What is not as it should be, by where: sources that can't tell, addresses that the ring can't use. */
    public SortedMap<String, String> problems() {
        return problems;
    }

    /** Who stays is not asked: a name server that does not answer must not keep a removed node in the ring. */
    private CompletableFuture<Void> goOverTo(SortedMap<NodeId, List<AddressSource>> newSources) {
        TreeMap<String, String> found = new TreeMap<>();
        SortedMap<NodeId, List<InetSocketAddress>> now = new TreeMap<>();
        newSources.forEach((node, links) -> {
            List<InetSocketAddress> before = known.getOrDefault(node, List.of());
            now.put(node, links.equals(sources.get(node)) ? before : ask(node, links, before, found));
        });
        sources = newSources;
        return tell(now, found);
    }

    private CompletableFuture<Void> follow() {
        TreeMap<String, String> found = new TreeMap<>();
        SortedMap<NodeId, List<InetSocketAddress>> now = new TreeMap<>();
        for (Map.Entry<NodeId, List<AddressSource>> node : sources.entrySet()) {
            if (changesToCome.get() > 0) {
                return CompletableFuture.completedFuture(null); // it waits, and follows again afterwards
            }
            List<InetSocketAddress> before = known.getOrDefault(node.getKey(), List.of());
            now.put(node.getKey(), ask(node.getKey(), node.getValue(), before, found));
        }
        return tell(now, found);
    }

    private CompletableFuture<Void> tell(
            SortedMap<NodeId, List<InetSocketAddress>> now, SortedMap<String, String> found) {
        known = now;
        if (now.equals(told)) {
            again(found);
            return CompletableFuture.completedFuture(null);
        }
        return ring.changeNodes(now)
                .toCompletableFuture()
                .whenComplete((done, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        told(now);
                        again(found);
                    } else {
                        found.put("ring", String.valueOf(reason(failure).getMessage()));
                        tellOthers(now, found);
                    }
                }));
    }

    private void told(SortedMap<NodeId, List<InetSocketAddress>> now) {
        LOG.info("addresses: {} -> {}", told, now);
        told = now;
    }

    /** Where this node can't be at its own address, the moves of the others count all the same; unless there is news already. */
    private void tellOthers(SortedMap<NodeId, List<InetSocketAddress>> now, SortedMap<String, String> found) {
        TreeMap<NodeId, List<InetSocketAddress>> others = new TreeMap<>(now);
        others.replace(ring.self(), told.getOrDefault(ring.self(), List.of()));
        if (now != known || others.equals(now) || others.equals(told)) {
            again(found);
            return;
        }
        CompletableFuture<Void> unused = ring.changeNodes(others)
                .toCompletableFuture()
                .whenComplete((done, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        told(others);
                    }
                    again(found);
                }));
    }

    private static Throwable reason(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static List<InetSocketAddress> ask(
            NodeId node, List<AddressSource> links, List<InetSocketAddress> known, SortedMap<String, String> problems) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int link = 0; link < links.size(); link++) {
            String where = "node " + node + ", link " + link;
            try {
                addresses.add(resolved(links.get(link).address()));
            } catch (IOException | RuntimeException e) {
                problems.put(where, String.valueOf(e.getMessage()));
                addresses.add(link < known.size() ? known.get(link) : InetSocketAddress.createUnresolved(where, 0));
            }
        }
        return addresses;
    }

    private static InetSocketAddress resolved(InetSocketAddress address) throws IOException {
        if (address == null || address.isUnresolved()) {
            throw new IOException("its source gives no IP address: " + address);
        }
        return address;
    }

    private void again(SortedMap<String, String> found) {
        found.forEach((where, reason) -> {
            if (!reason.equals(problems.get(where))) {
                LOG.warn("{}: {}; what was known before stays in use", where, reason);
            }
        });
        problems = Collections.unmodifiableSortedMap(new TreeMap<>(found));
        if (timer != null) {
            timer.cancel();
        }
        boolean mayChange = sources.values().stream().flatMap(List::stream).anyMatch(source -> !source.isFixed());
        if (!found.isEmpty() || mayChange) {
            timer = loop.schedule(found.isEmpty() ? intervalNanos : intervalNanos / HASTE, this::followAgain);
        }
    }

    private void followAgain() {
        CompletableFuture<Void> unused = follow();
    }

    /** Ends the following; the ring stays as it is. */
    @Override
    public void close() {
        loop.close();
        closed.completeExceptionally(new IllegalStateException("addresses are not followed any more"));
    }
}
