package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Who is reached where at present, whatever anybody believes: a private address for each link of each node. */
final class Addresses {

    private static final int PORT = 5405;
    private static final int MAX_MOVES = 255;

    /** In this byte of an address is the number of the move that gave it to its owner. */
    private static final int MOVES_OFFSET = 2;

    private final TreeMap<NodeId, List<InetSocketAddress>> all = new TreeMap<>();
    private final Map<InetSocketAddress, Interface> owners = new LinkedHashMap<>();
    private int moves;

    /** One link of a node. */
    record Interface(NodeId node, int link) {}

    Addresses(SortedSet<NodeId> nodes, int links) {
        for (NodeId node : nodes) {
            all.put(node, new ArrayList<>());
            for (int link = 0; link < links; link++) {
                InetSocketAddress first = address(10, link, 0, node.value());
                all.get(node).add(first);
                owners.put(first, new Interface(node, link));
            }
        }
    }

    /** The node has another address on this link from now on; nobody has the old one any more. */
    void move(NodeId node, int link) {
        if (moves == MAX_MOVES) {
            return;
        }
        moves++;
        InetSocketAddress other = address(10, link, moves, node.value());
        owners.remove(of(node, link));
        owners.put(other, new Interface(node, link));
        of(node).set(link, other);
    }

    InetSocketAddress of(NodeId node, int link) {
        return of(node).get(link);
    }

    private List<InetSocketAddress> of(NodeId node) {
        List<InetSocketAddress> own = all.get(node);
        if (own == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return own;
    }

    /** Null if nobody has it. */
    @Nullable
    Interface owner(InetSocketAddress address) {
        return owners.get(address);
    }

    /** A copy of what holds now. */
    SortedMap<NodeId, List<InetSocketAddress>> now() {
        TreeMap<NodeId, List<InetSocketAddress>> copy = new TreeMap<>();
        all.forEach((node, own) -> copy.put(node, List.copyOf(own)));
        return copy;
    }

    /** The multicast groups, one for each link. */
    static List<InetSocketAddress> groups(int links) {
        return IntStream.range(0, links)
                .mapToObj(link -> address(239, link, 0, 1))
                .toList();
    }

    static boolean isGroup(InetSocketAddress address) {
        return address.getAddress().isMulticastAddress();
    }

    /** Whether its owner has had it from the beginning. */
    static boolean isFirst(InetSocketAddress address) {
        return address.getAddress().getAddress()[MOVES_OFFSET] == 0;
    }

    /** What no node has. */
    static InetSocketAddress ofStranger(int link) {
        return address(172, link, 0, 1);
    }

    private static InetSocketAddress address(int first, int link, int third, int last) {
        byte[] raw = {(byte) first, (byte) link, (byte) third, (byte) last};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(raw), PORT);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
