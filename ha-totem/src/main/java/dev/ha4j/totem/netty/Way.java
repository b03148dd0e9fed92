package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;

/** From one of this node's addresses to the one of a peer that has the same place: a link, as configured. */
record Way(NodeId peer, int link, InetSocketAddress own, InetSocketAddress remote) {

    /** All ways of which both ends are known, by peer and number. */
    static List<Way> all(UdpRingConfig config) {
        return config.peers().stream()
                .flatMap(peer -> IntStream.range(0, config.bind().size())
                        .mapToObj(link -> new Way(peer, link, config.bind().get(link), config.addressOf(peer, link))))
                .filter(way -> !way.remote().isUnresolved())
                .toList();
    }
}
