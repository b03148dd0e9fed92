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
import dev.ha4j.totem.security.PacketSecurity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What {@link UdpRing} is made of, without sockets and without a thread: the ring, its packet security and its links, for
 * whoever carries datagrams in another way. Simulations run the whole of it in virtual time.
 *
 * <p>All methods are to be called on the loop's thread.
 */
public final class CarriedRing {

    /** Datagrams are carried one by one, as the JDK's sockets do. */
    private static final KernelSockets ONE_BY_ONE = new NioSockets();

    private final UdpRingConfig config;
    private final EventLoop loop;
    private final PacketSecurity security;
    private final RingDriver driver;
    private final TreeMap<NodeId, List<PeerLink>> links = new TreeMap<>();

    /** The network. May lose, double, delay and reorder; must not call back before it returns. */
    @FunctionalInterface
    public interface Carrier {

        /** Takes one datagram, to be kept or changed at will. */
        void carry(NodeId peer, int link, byte[] datagram);
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
        this.config = config;
        this.loop = loop;
        this.security = new PacketSecurity(
                UdpRing.securityConfig(config), random, loop.clock().nanoTime());
        this.driver = new RingDriver(
                config,
                loop,
                security,
                new Transmitter(
                        security,
                        PooledByteBufAllocator.DEFAULT,
                        new LinkCounters(ONE_BY_ONE.kind()),
                        config.maxDatagramBytes()),
                new Feed(new SubmissionBuffer(
                        config.ring().limits().laneBytes(),
                        config.ring().limits().laneMessages())),
                sequences,
                listener,
                new SplittableRandom(random.nextLong()),
                watched);
        driver.receiveBuffer(config.socketBufferBytes());
        for (NodeId peer : config.addresses().keySet()) {
            if (!peer.equals(config.self())) {
                links.put(peer, linksTo(peer, carrier, mtuDatagramBytes));
            }
        }
        links.forEach((peer, all) -> driver.add(new PeerRoute(peer, all, config.links())));
    }

    private List<PeerLink> linksTo(NodeId peer, Carrier carrier, int mtuDatagramBytes) {
        List<PeerLink> all = new ArrayList<>();
        for (int link = 0; link < config.bind().size(); link++) {
            EmbeddedChannel channel = new EmbeddedChannel(new Outlet(carrier, peer, link));
            driver.add(channel);
            all.add(PeerLink.open(
                    config,
                    driver,
                    peer,
                    link,
                    channel,
                    ONE_BY_ONE,
                    mtuDatagramBytes,
                    loop.clock().nanoTime()));
        }
        return all;
    }

    /** Says hello to all, then joins. Call once. */
    public void start() {
        driver.start();
    }

    /** A datagram has come in on this link, which said to be from there. */
    public void received(int link, byte[] datagram, InetSocketAddress source) {
        driver.received(link, Unpooled.wrappedBuffer(datagram), source);
        driver.enter((ring, nowNanos) -> {});
    }

    /** The peer's host, or who pretends to be it, answered on this link that nobody listens there. */
    public void refused(NodeId peer, int link) {
        List<PeerLink> all = links.get(peer);
        if (all != null) {
            driver.enter((ring, nowNanos) -> all.get(link).onRefusal(nowNanos));
        }
    }

    /** Queues a message for the total order. */
    public Submission submit(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        return driver.submit(lane, guarantee, payload);
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

    /** Where a socket would be. */
    private static final class Outlet extends ChannelOutboundHandlerAdapter {
        private final Carrier carrier;
        private final NodeId peer;
        private final int link;

        Outlet(Carrier carrier, NodeId peer, int link) {
            this.carrier = carrier;
            this.peer = peer;
            this.link = link;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
            ByteBuf buffer = (ByteBuf) message;
            byte[] datagram = new byte[buffer.readableBytes()];
            buffer.readBytes(datagram);
            buffer.release();
            carrier.carry(peer, link, datagram);
            written.trySuccess();
        }
    }
}
