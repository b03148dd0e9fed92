package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.testkit.ring.LinkNetwork.Weather;
import dev.ha4j.totem.RingConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a world of rings is made.
 *
 * @param seed of all randomness
 * @param ring settings of the protocol; node ids count from 1
 * @param links of each node
 * @param policy how they are used
 * @param weather what healthy paths are like
 * @param mtuDatagramBytes the largest datagram that the hosts' interfaces take
 * @param forceTakes longest time until a ring sequence is on disk
 * @param certificates whether the nodes have some
 * @param driftPartsPerMillion how wrong clocks may go
 */
record RingOptions(
        long seed,
        RingConfig ring,
        int links,
        LinkPolicy policy,
        Weather weather,
        int mtuDatagramBytes,
        Duration forceTakes,
        boolean certificates,
        int driftPartsPerMillion) {

    private static final int PORT = 5405;

    /** Where each node is reached, a private address for each link. */
    SortedMap<NodeId, List<InetSocketAddress>> addresses() {
        SortedMap<NodeId, List<InetSocketAddress>> all = new TreeMap<>();
        for (NodeId node : ring.nodes()) {
            List<InetSocketAddress> own = new ArrayList<>();
            for (int link = 0; link < links; link++) {
                own.add(address(node, link));
            }
            all.put(node, own);
        }
        return all;
    }

    static InetSocketAddress address(NodeId node, int link) {
        byte[] raw = {10, (byte) link, (byte) (node.value() >> 8), (byte) node.value()};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(raw), PORT);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
