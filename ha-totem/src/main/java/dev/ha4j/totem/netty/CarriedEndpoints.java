package dev.ha4j.totem.netty;

import dev.ha4j.runtime.NanoClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where sockets would be: channels that hand datagrams to whoever carries them. Opens at once, and never fails. */
final class CarriedEndpoints implements Endpoints {

    /** Datagrams are carried one by one, as the JDK's sockets do. */
    private static final KernelSockets ONE_BY_ONE = new NioSockets();

    private final UdpRingConfig config;
    private final RingDriver driver;
    private final NanoClock clock;
    private final CarriedRing.Carrier carrier;
    private final int mtuDatagramBytes;
    private final Map<InetSocketAddress, DatagramHandlers.Receiver> receivers = new LinkedHashMap<>();
    private final Map<InetSocketAddress, PeerLink> links = new LinkedHashMap<>();

    CarriedEndpoints(
            UdpRingConfig config,
            RingDriver driver,
            NanoClock clock,
            CarriedRing.Carrier carrier,
            int mtuDatagramBytes) {
        this.config = config;
        this.driver = driver;
        this.clock = clock;
        this.carrier = carrier;
        this.mtuDatagramBytes = mtuDatagramBytes;
    }

    static LinkCounters counters() {
        return new LinkCounters(ONE_BY_ONE.kind());
    }

    @Override
    public CompletableFuture<Bound> bind(InetSocketAddress own, int link) {
        DatagramHandlers.Receiver receiver = new DatagramHandlers.Receiver(driver, link);
        Channel channel = receiving(own, receiver);
        return CompletableFuture.completedFuture(
                new Bound(channel, receiver, config.socketBufferBytes(), join(own, link)));
    }

    private Optional<Group> join(InetSocketAddress own, int link) {
        if (link >= config.multicast().size()) {
            return Optional.empty();
        }
        InetSocketAddress address = config.multicast().get(link);
        DatagramHandlers.Receiver receiver = new DatagramHandlers.Receiver(driver, link);
        Channel in = receiving(address, receiver);
        LinkSocket out = new LinkSocket(sending(own, address), address, ONE_BY_ONE, driver.counters());
        return Optional.of(new Group(link, out, in, receiver, mtuDatagramBytes));
    }

    private Channel receiving(InetSocketAddress address, DatagramHandlers.Receiver receiver) {
        EmbeddedChannel channel = new EmbeddedChannel();
        receivers.put(address, receiver);
        channel.closeFuture().addListener(closed -> receivers.remove(address, receiver));
        driver.add(channel);
        return channel;
    }

    private Channel sending(InetSocketAddress from, InetSocketAddress to) {
        EmbeddedChannel channel = new EmbeddedChannel(new Outlet(carrier, from, to));
        driver.add(channel);
        return channel;
    }

    @Override
    public CompletableFuture<PeerLink> connect(Way way, UdpRingConfig settings) {
        Channel channel = sending(way.own(), way.remote());
        PeerLink link = PeerLink.open(
                settings,
                driver.counters(),
                way.peer(),
                way.link(),
                channel,
                ONE_BY_ONE,
                mtuDatagramBytes,
                clock.nanoTime());
        links.put(way.remote(), link);
        channel.closeFuture().addListener(closed -> links.remove(way.remote(), link));
        return CompletableFuture.completedFuture(link);
    }

    /** Nothing is heard where nothing is bound. */
    void received(InetSocketAddress at, byte[] datagram, InetSocketAddress source) {
        DatagramHandlers.Receiver receiver = receivers.get(at);
        if (receiver != null) {
            driver.received(receiver.link(), Unpooled.wrappedBuffer(datagram), source);
            driver.enter();
        }
    }

    void refused(InetSocketAddress by) {
        PeerLink link = links.get(by);
        if (link != null) {
            driver.enter((ring, nowNanos) -> link.refused(nowNanos));
        }
    }

    private static final class Outlet extends ChannelOutboundHandlerAdapter {

        private final CarriedRing.Carrier carrier;
        private final InetSocketAddress from;
        private final InetSocketAddress to;

        Outlet(CarriedRing.Carrier carrier, InetSocketAddress from, InetSocketAddress to) {
            this.carrier = carrier;
            this.from = from;
            this.to = to;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
            ByteBuf buffer = (ByteBuf) message;
            byte[] datagram = new byte[buffer.readableBytes()];
            buffer.readBytes(datagram);
            buffer.release();
            carrier.carry(from, to, datagram);
            written.trySuccess();
        }
    }
}
