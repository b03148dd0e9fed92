package dev.ha4j.benchmarks.lab;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.netty.UdpRingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** The ring that all programs in the lab use: everything at its defaults but the token timeout. */
final class LabRing {

    static final List<String> JVM_FLAGS = List.of("-Xmx256m", "-XX:+UseParallelGC");

    private static final int PORT = 5405;

    private LabRing() {}

    /**
     * Settings of one node.
     *
     * @param networks first three numbers of each network's addresses; a node's last is its id
     */
    static UdpRingConfig config(int self, int nodes, List<String> networks, Duration tokenTimeout)
            throws UnknownHostException {
        TreeMap<NodeId, List<InetSocketAddress>> addresses = new TreeMap<>();
        for (int node = 1; node <= nodes; node++) {
            List<InetSocketAddress> own = new ArrayList<>();
            for (String network : networks) {
                own.add(new InetSocketAddress(InetAddress.getByName(network + "." + node), PORT));
            }
            addresses.put(NodeId.of(node), own);
        }
        RingConfig ring = RingConfig.builder()
                .nodes(addresses.keySet())
                .tokenTimeout(tokenTimeout)
                .build();
        byte[] key = Arrays.copyOf("lab".getBytes(StandardCharsets.US_ASCII), ClusterKey.KEY_BYTES);
        return UdpRingConfig.ofLinks(
                "lab", NodeId.of(self), ring, addresses, ClusterKey.of(key), new SecureRandom().nextLong());
    }
}
