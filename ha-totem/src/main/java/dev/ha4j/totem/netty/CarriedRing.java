package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.Submission;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.packet.PacketSecurity;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What {@link UdpRing} is made of, without sockets and without a thread: the ring, its packet security and its links, for
 * whoever carries datagrams in another way. Simulations run the whole of it in virtual time.
 *
 * <p>All methods are to be called on the loop's thread.
 */
public final class CarriedRing {

    private final PacketSecurity security;
    private final RingDriver driver;
    private final CarriedEndpoints endpoints;
    private final Cabling cabling;

    /** The network. May lose, double, delay and reorder; must not call back before it returns. */
    @FunctionalInterface
    public interface Carrier {

        /**
         * Takes one datagram, to be kept or changed at will.
         *
         * @param to a peer's address, or that of a multicast group, whose other members all get it
         */
        void carry(InetSocketAddress from, InetSocketAddress to, byte[] datagram);
    }

    /**
     * A ring that has not begun.
     *
     * @param random of salts, challenges and waiting times
     * @param carrier takes the datagrams
     * @param mtuDatagramBytes the largest datagram that this host's interfaces take
     * @param watched the way of the ring's own messages to the links, for those who want to see them
     */
    public CarriedRing(
            UdpRingConfig config,
            EventLoop loop,
            RingSequences sequences,
            RingListener listener,
            RandomGenerator random,
            Carrier carrier,
            int mtuDatagramBytes,
            UnaryOperator<RingTransport> watched) {
        this.security =
                new PacketSecurity(RingSecurity.of(config), random, loop.clock().nanoTime());
        this.driver = new RingDriver(
                config,
                loop,
                security,
                new Transmitter(
                        security,
                        PooledByteBufAllocator.DEFAULT,
                        CarriedEndpoints.counters(),
                        config.maxDatagramBytes()),
                new Submissions(config.ring().limits(), () -> {}),
                sequences,
                listener,
                new SplittableRandom(random.nextLong()),
                watched);
        this.endpoints = new CarriedEndpoints(config, driver, loop.clock(), carrier, mtuDatagramBytes);
        this.cabling = new Cabling(config, endpoints, driver, loop.clock());
    }

    /** Says hello to all, then joins. Call once. */
    public void start() {
        cabling.change(UnaryOperator.identity()).join();
        driver.start();
    }

    /** A datagram has come in at this address of the node, or at a group's, and said to be from there. */
    public void received(InetSocketAddress at, byte[] datagram, InetSocketAddress source) {
        endpoints.received(at, datagram, source);
    }

    /** A peer's host, or who pretends to be it, answered that nobody listens at that address. */
    public void refused(InetSocketAddress by) {
        endpoints.refused(by);
    }

    /** As {@link UdpRing#changeNodes}; it is done when this returns. */
    public void changeNodes(SortedMap<NodeId, List<InetSocketAddress>> addresses) {
        cabling.change(config -> config.withNodes(addresses)).join();
    }

    /** Queues a message for the total order. */
    public Submission submit(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        CompletableFuture<Submission> answer = new CompletableFuture<>();
        driver.enter((ring, nowNanos) -> answer.complete(ring.submit(lane, guarantee, payload, nowNanos)));
        return answer.getNow(new Submission.WouldBlock());
    }

    /** As {@link UdpRing#changeKeys}. */
    public void changeKeys(List<ClusterKey> keys) {
        driver.changeKeys(keys);
    }

    /** As {@link UdpRing#changeIdentity}. */
    public void changeIdentity(NodeIdentity identity) {
        driver.changeIdentity(identity);
    }

    /** The clean way out; the listener hears of its end. */
    public void leave() {
        driver.leave();
    }

    /** From here on nothing is received, sent or timed. */
    public void close() {
        driver.close();
    }

    /** Datagrams that were let in so far. */
    public long opened() {
        return security.opened();
    }

    /** A look at ring, security and links. */
    public UdpRingReport report() {
        return driver.report();
    }
}
