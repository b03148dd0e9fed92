package dev.ha4j.totem.netty;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Opens what a node's links need. On the loop only; what was opened takes no part before it is installed in the driver. The futures
 * fail with an {@link java.io.IOException}, and nothing is left behind then.
 */
interface Endpoints {

    /** What the others send to this address arrives at the driver, as of this link. */
    CompletableFuture<Bound> bind(InetSocketAddress own, int link);

    /** What a link to a peer is made from. */
    CompletableFuture<PeerLink> connect(Way way, UdpRingConfig settings);

    /**
     * Where this node is reached.
     *
     * @param receiveBytes of buffer that the kernel granted
     * @param group the link's, if the ring is carried by multicast there
     */
    record Bound(Channel channel, DatagramHandlers.Receiver receiver, int receiveBytes, Optional<Group> group) {

        void renumber(int link) {
            receiver.renumber(link);
            group.ifPresent(own -> own.renumber(link));
        }

        List<Channel> channels() {
            List<Channel> all = new ArrayList<>(List.of(channel));
            group.ifPresent(own -> all.addAll(own.channels()));
            return all;
        }
    }
}
