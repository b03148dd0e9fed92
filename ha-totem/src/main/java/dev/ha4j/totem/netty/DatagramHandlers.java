package dev.ha4j.totem.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the two kinds of sockets tell the driver. */
final class DatagramHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(UdpRing.class);

    private DatagramHandlers() {}

    /** On a link's bound socket, or that of its multicast group: everything is received here. */
    static final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
        private final RingDriver driver;
        private final Optional<SocketAddress> own;
        private int link;

        Receiver(RingDriver driver, int link) {
            this(driver, link, Optional.empty());
        }

        /** @param own where this node itself sends from: what it sends to a group comes back, for others on its host hear it */
        Receiver(RingDriver driver, int link, Optional<SocketAddress> own) {
            this.driver = driver;
            this.link = link;
            this.own = own;
        }

        int link() {
            return link;
        }

        /** The same address has another place among the node's addresses now. */
        void renumber(int newLink) {
            link = newLink;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            if (own.isEmpty() || !own.get().equals(packet.sender())) {
                driver.received(link, packet.content(), packet.sender());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            driver.enter();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("receiving", cause);
        }
    }

    /** On a connected socket: only the kernel's reports of what was sent matter, peers never send here. */
    static final class Refusals extends ChannelInboundHandlerAdapter {
        private final RingDriver driver;
        private final PeerLink link;
        private final KernelSockets sockets;

        Refusals(RingDriver driver, PeerLink link, KernelSockets sockets) {
            this.driver = driver;
            this.link = link;
            this.sockets = sockets;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            driver.enter((ring, nowNanos) -> {
                if (sockets.isRefusal(cause)) {
                    link.refused(nowNanos);
                } else {
                    link.failed(cause, nowNanos);
                }
            });
        }
    }
}
