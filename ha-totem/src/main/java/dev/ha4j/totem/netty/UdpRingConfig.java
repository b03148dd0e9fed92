package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of a ring over UDP. A packet of {@link RingConfig#maxPacketBytes()} = 1,300 becomes a datagram of about 1,400
 * bytes, which fits an MTU of 1,500 over IPv4 (1,472) and IPv6 (1,452) without fragments.
 *
 * @param cluster name of the cluster, part of the key derivation and of the thread's name
 * @param self this node
 * @param ring settings of the protocol
 * @param addresses where the others reach each configured node, this one included
 * @param bind what this node's socket binds (its own address)
 * @param keys accepted cluster keys; the first is the one to send with
 * @param boot number of this start of the node, different from that of every earlier start
 * @param probeInterval a peer that was sent nothing for this long gets a probe (tokenTimeout / 40)
 * @param refusalWait after a refusal, how long the peer has to answer a probe (3 ms)
 * @param startGrace how long the ring's start waits for handshakes with peers that may be up (tokenTimeout / 20)
 * @param closeTimeout how long {@link UdpRing#close} waits for the clean leave, and again for the thread (tokenTimeout * 2)
 * @param socketBufferBytes send and receive buffer asked for on each socket; the kernel may grant less (4 MiB)
 * @param maxDatagramBytes largest datagram sent or received; larger ones are dropped and counted (60,100)
 */
public record UdpRingConfig(
        String cluster,
        NodeId self,
        RingConfig ring,
        SortedMap<NodeId, InetSocketAddress> addresses,
        InetSocketAddress bind,
        List<ClusterKey> keys,
        long boot,
        Duration probeInterval,
        Duration refusalWait,
        Duration startGrace,
        Duration closeTimeout,
        int socketBufferBytes,
        int maxDatagramBytes) {

    /**
     * Checks that every configured node has an address.
     *
     * @throws IllegalArgumentException if addresses and nodes differ, or this node isn't one of them
     */
    public UdpRingConfig {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
        keys = List.copyOf(keys);
        if (!addresses.keySet().equals(ring.nodes())) {
            throw new IllegalArgumentException(
                    "addresses are given for nodes " + addresses.keySet() + ", configured are " + ring.nodes());
        }
        if (!addresses.containsKey(self)) {
            throw new IllegalArgumentException("node " + self + " is not configured");
        }
    }

    /** All defaults. */
    public static UdpRingConfig of(
            String cluster,
            NodeId self,
            RingConfig ring,
            SortedMap<NodeId, InetSocketAddress> addresses,
            ClusterKey key,
            long boot) {
        Duration token = ring.tokenTimeout();
        return new UdpRingConfig(
                cluster,
                self,
                ring,
                addresses,
                ownAddress(addresses, self),
                List.of(key),
                boot,
                token.dividedBy(40),
                Duration.ofMillis(3),
                token.dividedBy(20),
                token.multipliedBy(2),
                4 << 20,
                60_100);
    }

    /** The same, with a socket bound elsewhere than where the others send to: behind a forwarded port, for example. */
    public UdpRingConfig boundTo(InetSocketAddress newBind) {
        return new UdpRingConfig(
                cluster,
                self,
                ring,
                addresses,
                newBind,
                keys,
                boot,
                probeInterval,
                refusalWait,
                startGrace,
                closeTimeout,
                socketBufferBytes,
                maxDatagramBytes);
    }

    private static InetSocketAddress ownAddress(SortedMap<NodeId, InetSocketAddress> addresses, NodeId self) {
        InetSocketAddress own = addresses.get(self);
        if (own == null) {
            throw new IllegalArgumentException("node " + self + " is not configured");
        }
        return own;
    }

    InetSocketAddress addressOf(NodeId node) {
        InetSocketAddress address = addresses.get(node);
        if (address == null) {
            throw new IllegalArgumentException("node " + node + " has no address");
        }
        return address;
    }
}
