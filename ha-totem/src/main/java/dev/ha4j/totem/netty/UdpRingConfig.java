package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkAddress;
import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.api.config.SocketKind;
import dev.ha4j.api.config.SocketOptions;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.packet.PacketSecurity;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings of a ring over UDP. A packet of {@link dev.ha4j.totem.RingLimits#maxPacketBytes()} = 1,300 becomes a datagram of
 * about 1,400 bytes, which fits an MTU of 1,500 over IPv4 (1,472) and IPv6 (1,452) without fragments.
 *
 * @param cluster name of the cluster, part of the key derivation and of the thread's name
 * @param self this node
 * @param ring settings of the protocol, with all times
 * @param addresses where the others reach each configured node, this one included: one address per link, 1 to 8. Where a peer's
 *     is unresolved there is no link to it
 * @param bound what this node's sockets bind where that is not its own address, by number of the link
 * @param links how several links are used
 * @param carriage how datagrams are carried
 * @param keys accepted cluster keys; the first is the one to send with
 * @param boot number of this start of the node, different from that of every earlier start
 * @param identity what proves who this node is; all nodes have one, or none
 */
public record UdpRingConfig(
        String cluster,
        NodeId self,
        RingConfig ring,
        SortedMap<NodeId, List<InetSocketAddress>> addresses,
        SortedMap<Integer, InetSocketAddress> bound,
        LinkOptions links,
        SocketOptions carriage,
        List<ClusterKey> keys,
        long boot,
        Optional<NodeIdentity> identity) {

    /** What surrounds a packet of the ring in its datagram. */
    static final int FRAME_OVERHEAD_BYTES = 1 + PacketSecurity.OVERHEAD_BYTES;

    /** Most links that a node can have. */
    public static final int MAX_LINKS = 8;

    /**
     * Checks that every configured node has an address.
     *
     * @throws IllegalArgumentException if addresses and nodes differ, or this node isn't one of them
     */
    public UdpRingConfig {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
        bound = Collections.unmodifiableSortedMap(new TreeMap<>(bound));
        keys = List.copyOf(keys);
        groups(carriage);
        int least = safeDatagramBytes(ring);
        if (carriage.maxDatagramBytes() < least) {
            throw new IllegalArgumentException("maxDatagramBytes is " + carriage.maxDatagramBytes() + ": packets of "
                    + ring.limits().maxPacketBytes() + " bytes (maxPacketBytes) need datagrams of " + least);
        }
        if (!addresses.keySet().equals(ring.nodes())) {
            throw new IllegalArgumentException(
                    "addresses are given for nodes " + addresses.keySet() + ", configured are " + ring.nodes());
        }
        List<InetSocketAddress> bind = bind(addresses, self, bound);
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
        if (!bound.isEmpty() && new HashSet<>(bind).size() < count) {
            throw new IllegalArgumentException("each link has to be bound to a port of its own, not " + bind);
        }
    }

    private static int safeDatagramBytes(RingConfig ring) {
        return ring.limits().maxPacketBytes() + FRAME_OVERHEAD_BYTES;
    }

    /** What the smallest configured packets come to on the wire. */
    int safeDatagramBytes() {
        return safeDatagramBytes(ring);
    }

    private static List<InetSocketAddress> bind(
            SortedMap<NodeId, List<InetSocketAddress>> addresses,
            NodeId self,
            SortedMap<Integer, InetSocketAddress> bound) {
        List<InetSocketAddress> bind = new ArrayList<>(ownAddresses(addresses, self));
        if (!bound.isEmpty() && bound.lastKey() >= bind.size()) {
            throw new IllegalArgumentException("link " + bound.lastKey() + " is bound to " + bound.get(bound.lastKey())
                    + ", and there are " + bind.size() + " links");
        }
        bound.forEach(bind::set);
        return bind;
    }

    private static List<InetSocketAddress> groups(SocketOptions carriage) {
        List<InetSocketAddress> groups = carriage.multicast().stream()
                .map(group -> new InetSocketAddress(group.host(), group.port()))
                .toList();
        for (InetSocketAddress group : groups) {
            if (group.getAddress() == null || !group.getAddress().isMulticastAddress()) {
                throw new IllegalArgumentException(
                        group + " is no multicast address: use one of 239.0.0.0/8 or ff05::/16, with a port");
            }
        }
        return groups;
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
        return new UdpRingConfig(
                cluster,
                self,
                ring,
                addresses,
                Collections.emptySortedMap(),
                LinkOptions.DEFAULTS.withAnswersUntilUp(ring.times().profile().answersUntilUp()),
                SocketOptions.DEFAULTS,
                List.of(key),
                boot,
                Optional.empty());
    }

    /** The same, with link 0 bound elsewhere than where the others send to: behind a forwarded port, for example. */
    public UdpRingConfig boundTo(InetSocketAddress first) {
        return boundTo(List.of(first));
    }

    /**
     * The same, with links 0, 1, ... bound elsewhere than where the others send to. What was said here stays, wherever the node is
     * reached later on. A wildcard address is fine, on a port that no other link has.
     *
     * @throws IllegalArgumentException with more addresses than links, or with one for two links
     */
    public UdpRingConfig boundTo(List<InetSocketAddress> first) {
        TreeMap<Integer, InetSocketAddress> all = new TreeMap<>(bound);
        for (int link = 0; link < first.size(); link++) {
            all.put(link, first.get(link));
        }
        return new UdpRingConfig(cluster, self, ring, addresses, all, links, carriage, keys, boot, identity);
    }

    /**
     * The same for other nodes, or for nodes at other addresses. Links that were bound elsewhere than where they are reached stay so.
     *
     * @throws IllegalArgumentException as the constructor does
     */
    public UdpRingConfig withNodes(SortedMap<NodeId, List<InetSocketAddress>> others) {
        List<InetSocketAddress> before = ownAddresses(addresses, self);
        List<InetSocketAddress> reached = ownAddresses(others, self);
        TreeMap<Integer, InetSocketAddress> newBound = new TreeMap<>();
        for (int link = 0; link < reached.size(); link++) {
            InetSocketAddress own = bound.get(linkBefore(link, reached, before));
            if (own != null) {
                newBound.put(link, own);
            }
        }
        RingConfig newRing = ring.withNodes(others.keySet());
        return new UdpRingConfig(cluster, self, newRing, others, newBound, links, carriage, keys, boot, identity);
    }

    /** The one that was reached there, or else the one in its place, which has moved. */
    private static int linkBefore(int link, List<InetSocketAddress> reached, List<InetSocketAddress> before) {
        int same = before.indexOf(reached.get(link));
        boolean hasMoved = same < 0 && link < before.size() && !reached.contains(before.get(link));
        return hasMoved ? link : same;
    }

    /** What this node's sockets bind, one per link. */
    public List<InetSocketAddress> bind() {
        return bind(addresses, self, bound);
    }

    /** The same, with several links used in another way. */
    public UdpRingConfig links(LinkOptions options) {
        return new UdpRingConfig(cluster, self, ring, addresses, bound, options, carriage, keys, boot, identity);
    }

    /** The same, with several keys accepted; the first is the one to send with. */
    public UdpRingConfig accepting(List<ClusterKey> accepted) {
        return new UdpRingConfig(cluster, self, ring, addresses, bound, links, carriage, accepted, boot, identity);
    }

    /** The same, with datagrams carried in another way. */
    public UdpRingConfig carriage(SocketOptions options) {
        return new UdpRingConfig(cluster, self, ring, addresses, bound, links, options, keys, boot, identity);
    }

    /** The same for a node that proves who it is, among others who do so. */
    public UdpRingConfig identity(Optional<NodeIdentity> own) {
        return new UdpRingConfig(cluster, self, ring, addresses, bound, links, carriage, keys, boot, own);
    }

    /** The same, with other sockets. */
    public UdpRingConfig sockets(SocketKind kind) {
        return carriage(carriage.withKind(kind));
    }

    /**
     * The same, with multicast: one group for each link, from link 0 on, which all nodes have to name alike. Packets stay
     * encrypted; who hears a group learns no more than who sees the wire.
     *
     * @throws IllegalArgumentException if one isn't a multicast address
     */
    public UdpRingConfig multicast(List<InetSocketAddress> groups) {
        return carriage(carriage.withMulticast(groups.stream()
                .map(group -> new LinkAddress(group.getHostString(), group.getPort()))
                .toList()));
    }

    /** The same, with smaller datagrams than the network would take. */
    public UdpRingConfig maxDatagramBytes(int bytes) {
        return carriage(carriage.withMaxDatagramBytes(bytes));
    }

    SocketKind sockets() {
        return carriage.kind();
    }

    List<InetSocketAddress> multicast() {
        return groups(carriage);
    }

    int socketBufferBytes() {
        return carriage.bufferBytes();
    }

    int maxDatagramBytes() {
        return carriage.maxDatagramBytes();
    }

    Duration probeInterval() {
        return ring.times().of(RingTime.PROBE_INTERVAL);
    }

    Duration farProbeInterval() {
        return ring.times().of(RingTime.FAR_PROBE_INTERVAL);
    }

    /** Several links have to be judged before the token times out; a single one is only measured. */
    Duration pingInterval() {
        return ring.times().of(isAlone() ? RingTime.SINGLE_PING_INTERVAL : RingTime.PING_INTERVAL);
    }

    Duration pingTimeout() {
        return isAlone()
                ? pingInterval().multipliedBy(5).dividedBy(2)
                : ring.times().of(RingTime.LINK_TIMEOUT);
    }

    private boolean isAlone() {
        return ownAddresses(addresses, self).size() == 1;
    }

    Duration refusalWait() {
        return ring.times().of(RingTime.REFUSAL_WAIT);
    }

    Duration startGrace() {
        return ring.times().of(RingTime.START_GRACE);
    }

    Duration closeTimeout() {
        return ring.times().of(RingTime.CLOSE_TIMEOUT);
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
