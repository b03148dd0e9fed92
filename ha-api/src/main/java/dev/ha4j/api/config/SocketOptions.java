package dev.ha4j.api.config;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How the ring's datagrams are carried. Nodes may differ in it, but for the multicast groups.
 *
 * @param kind what the ring's thread uses to talk to the kernel
 * @param multicast the group of each link, by its number, by which ring members reach each other with one datagram for all;
 *     links without one, and peers who don't hear it, are reached by unicast
 * @param bufferBytes send and receive buffer asked for on each socket; the kernel may grant less
 * @param maxDatagramBytes largest datagram sent or received; larger ones are dropped and counted
 */
public record SocketOptions(SocketKind kind, List<LinkAddress> multicast, int bufferBytes, int maxDatagramBytes) {

    /** The best sockets there are, no multicast, 4 MiB of buffer, datagrams as large as the network takes. */
    public static final SocketOptions DEFAULTS = new SocketOptions(SocketKind.AUTO, List.of(), 4 << 20, 60_100);

    public SocketOptions {
        Objects.requireNonNull(kind, "kind");
        multicast = List.copyOf(multicast);
    }

    public SocketOptions withKind(SocketKind value) {
        return new SocketOptions(value, multicast, bufferBytes, maxDatagramBytes);
    }

    /** With a multicast group for each link, from link 0 on: {@code "239.192.7.1:5405"}. */
    public SocketOptions withMulticast(String... groups) {
        return withMulticast(Arrays.stream(groups).map(LinkAddress::parse).toList());
    }

    public SocketOptions withMulticast(List<LinkAddress> groups) {
        return new SocketOptions(kind, groups, bufferBytes, maxDatagramBytes);
    }

    public SocketOptions withBufferBytes(int value) {
        return new SocketOptions(kind, multicast, value, maxDatagramBytes);
    }

    public SocketOptions withMaxDatagramBytes(int value) {
        return new SocketOptions(kind, multicast, bufferBytes, value);
    }
}
