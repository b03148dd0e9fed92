package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings of a ring over UDP. A packet of {@link RingConfig#maxPacketBytes()} = 1,300 becomes a datagram of about 1,400
 * bytes, which fits an MTU of 1,500 over IPv4 (1,472) and IPv6 (1,452) without fragments.
 *
 * @param cluster name of the cluster, part of the key derivation and of the thread's name
 * @param self this node
 * @param ring settings of the protocol
 * @param addresses where the others reach each configured node, this one included: one address per link, 1 to 8. Where a peer's
 *     is unresolved there is no link to it
 * @param bind what this node's sockets bind, one per link (its own addresses)
 * @param links how several links are used
 * @param sockets what the ring's thread uses to talk to the kernel (AUTO)
 * @param multicast the group of each link, by its number, by which ring members reach each other with one datagram for all;
 *     links without one, and peers who don't hear it, are reached by unicast (none)
 * @param keys accepted cluster keys; the first is the one to send with
 * @param boot number of this start of the node, different from that of every earlier start
 * @param probeInterval the successor on the ring gets a probe if it was sent nothing for this long (tokenTimeout / 25)
 * @param farProbeInterval the same for all other nodes; several of them have to fit into a token timeout, for a peer that is
 *     not heard for that long becomes a suspect (tokenTimeout / 4)
 * @param pingInterval how often each link is tried (tokenTimeout / 20; with a single link, tokenTimeout)
 * @param pingTimeout a link without an answer for this long is down (2.5 ping intervals)
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
        SortedMap<NodeId, List<InetSocketAddress>> addresses,
        List<InetSocketAddress> bind,
        LinkOptions links,
        SocketKind sockets,
        List<InetSocketAddress> multicast,
        List<ClusterKey> keys,
        long boot,
        Duration probeInterval,
        Duration farProbeInterval,
        Duration pingInterval,
        Duration pingTimeout,
        Duration refusalWait,
        Duration startGrace,
        Duration closeTimeout,
        int socketBufferBytes,
        int maxDatagramBytes) {

    /** Most links that a node can have. */
    public static final int MAX_LINKS = 8;

    /**
     * Checks that every configured node has an address.
     *
     * @throws IllegalArgumentException if addresses and nodes differ, or this node isn't one of them
     */
    public UdpRingConfig {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
        bind = List.copyOf(bind);
        keys = List.copyOf(keys);
        multicast = List.copyOf(multicast);
        for (InetSocketAddress group : multicast) {
            if (group.getAddress() == null || !group.getAddress().isMulticastAddress()) {
                throw new IllegalArgumentException(
                        group + " is no multicast address: use one of 239.0.0.0/8 or ff05::/16, with a port");
            }
        }
        if (!addresses.keySet().equals(ring.nodes())) {
            throw new IllegalArgumentException(
                    "addresses are given for nodes " + addresses.keySet() + ", configured are " + ring.nodes());
        }
        if (!addresses.containsKey(self)) {
            throw new IllegalArgumentException("node " + self + " is not configured");
        }
        int count = bind.size();
        if (count < 1 || count > MAX_LINKS) {
            throw new IllegalArgumentException("a node has 1 to " + MAX_LINKS + " links, not " + count);
        }
        bind.stream().filter(InetSocketAddress::isUnresolved).forEach(own -> {
            throw new IllegalArgumentException("the address of this node, " + own.getHostString() + ", is not known");
        });
        addresses.forEach((node, own) -> {
            if (own.size() != count) {
                throw new IllegalArgumentException(
                        "node " + node + " has " + own.size() + " addresses, and there are " + count + " links");
            }
        });
    }

    /** All defaults, one link. */
    public static UdpRingConfig of(
            String cluster,
            NodeId self,
            RingConfig ring,
            SortedMap<NodeId, InetSocketAddress> addresses,
            ClusterKey key,
            long boot) {
        SortedMap<NodeId, List<InetSocketAddress>> links = new TreeMap<>();
        addresses.forEach((node, address) -> links.put(node, List.of(address)));
        return ofLinks(cluster, self, ring, links, key, boot);
    }

    /** All defaults. */
    public static UdpRingConfig ofLinks(
            String cluster,
            NodeId self,
            RingConfig ring,
            SortedMap<NodeId, List<InetSocketAddress>> addresses,
            ClusterKey key,
            long boot) {
        Duration token = ring.tokenTimeout();
        return new UdpRingConfig(
                cluster,
                self,
                ring,
                addresses,
                ownAddresses(addresses, self),
                LinkOptions.DEFAULTS,
                SocketKind.AUTO,
                List.of(),
                List.of(key),
                boot,
                token.dividedBy(25),
                token.dividedBy(4),
                pingInterval(addresses, token),
                pingTimeout(pingInterval(addresses, token)),
                Duration.ofMillis(3),
                token.dividedBy(20),
                token.multipliedBy(2),
                4 << 20,
                60_100);
    }

    /** The same, with link 0 bound elsewhere than where the others send to: behind a forwarded port, for example. */
    public UdpRingConfig boundTo(InetSocketAddress first) {
        List<InetSocketAddress> all = new ArrayList<>(bind);
        all.set(0, first);
        return with(all, links, keys, sockets, multicast, maxDatagramBytes);
    }

    /**
     * The same for other nodes, or for nodes at other addresses. Where this node's own address stays, so does what it binds; pings
     * get the default pace if there are several links now and was one, or the other way round.
     *
     * @throws IllegalArgumentException as the constructor does
     */
    public UdpRingConfig withNodes(SortedMap<NodeId, List<InetSocketAddress>> others) {
        List<InetSocketAddress> reached = ownAddresses(others, self);
        List<InetSocketAddress> before = ownAddresses(addresses, self);
        List<InetSocketAddress> newBind = new ArrayList<>(reached);
        for (int link = 0; link < Math.min(reached.size(), before.size()); link++) {
            if (reached.get(link).equals(before.get(link))) {
                newBind.set(link, bind.get(link));
            }
        }
        boolean otherPace = (before.size() == 1) != (reached.size() == 1);
        Duration ping = otherPace ? pingInterval(others, ring.tokenTimeout()) : pingInterval;
        return new UdpRingConfig(
                cluster,
                self,
                ring.withNodes(others.keySet()),
                others,
                newBind,
                links,
                sockets,
                multicast,
                keys,
                boot,
                probeInterval,
                farProbeInterval,
                ping,
                otherPace ? pingTimeout(ping) : pingTimeout,
                refusalWait,
                startGrace,
                closeTimeout,
                socketBufferBytes,
                maxDatagramBytes);
    }

    /** The same, with several links used in another way. */
    public UdpRingConfig links(LinkOptions options) {
        return with(bind, options, keys, sockets, multicast, maxDatagramBytes);
    }

    /** The same, with several keys accepted; the first is the one to send with. */
    public UdpRingConfig accepting(List<ClusterKey> accepted) {
        return with(bind, links, accepted, sockets, multicast, maxDatagramBytes);
    }

    /** The same, with other sockets. */
    public UdpRingConfig sockets(SocketKind kind) {
        return with(bind, links, keys, kind, multicast, maxDatagramBytes);
    }

    /**
     * The same, with multicast: one group for each link, from link 0 on, which all nodes have to name alike. Packets stay
     * encrypted; who hears a group learns no more than who sees the wire.
     *
     * @throws IllegalArgumentException if one isn't a multicast address
     */
    public UdpRingConfig multicast(List<InetSocketAddress> groups) {
        return with(bind, links, keys, sockets, groups, maxDatagramBytes);
    }

    /** The same, with smaller datagrams than the network would take. */
    public UdpRingConfig maxDatagramBytes(int bytes) {
        return with(bind, links, keys, sockets, multicast, bytes);
    }

    private UdpRingConfig with(
            List<InetSocketAddress> newBind,
            LinkOptions newLinks,
            List<ClusterKey> newKeys,
            SocketKind newSockets,
            List<InetSocketAddress> newMulticast,
            int newMaxDatagramBytes) {
        return new UdpRingConfig(
                cluster,
                self,
                ring,
                addresses,
                newBind,
                newLinks,
                newSockets,
                newMulticast,
                newKeys,
                boot,
                probeInterval,
                farProbeInterval,
                pingInterval,
                pingTimeout,
                refusalWait,
                startGrace,
                closeTimeout,
                socketBufferBytes,
                newMaxDatagramBytes);
    }

    /** Several links have to be judged before the token times out; a single one is only measured. */
    private static Duration pingInterval(SortedMap<NodeId, List<InetSocketAddress>> addresses, Duration token) {
        boolean isAlone = addresses.values().stream().allMatch(links -> links.size() == 1);
        return isAlone ? token : token.dividedBy(20);
    }

    private static Duration pingTimeout(Duration pingInterval) {
        return pingInterval.multipliedBy(5).dividedBy(2);
    }

    private static List<InetSocketAddress> ownAddresses(
            SortedMap<NodeId, List<InetSocketAddress>> addresses, NodeId self) {
        List<InetSocketAddress> own = addresses.get(self);
        if (own == null) {
            throw new IllegalArgumentException("node " + self + " is not configured");
        }
        return own;
    }

    /** All configured nodes but this one. */
    SortedSet<NodeId> peers() {
        TreeSet<NodeId> peers = new TreeSet<>(addresses.keySet());
        peers.remove(self);
        return peers;
    }

    InetSocketAddress addressOf(NodeId node, int link) {
        List<InetSocketAddress> all = addresses.get(node);
        if (all == null) {
            throw new IllegalArgumentException("node " + node + " has no address");
        }
        return all.get(link);
    }
}
