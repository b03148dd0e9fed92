package dev.ha4j.totem.netty;

import dev.ha4j.api.config.SocketKind;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** The ways of carrying a ring's packets, all of which have to behave alike. */
enum Carriage {
    NIO(SocketKind.NIO, 60_100, false),
    EPOLL(SocketKind.EPOLL, 60_100, false),
    EPOLL_IN_SMALL_DATAGRAMS(SocketKind.EPOLL, 1_472, false),
    NIO_MULTICAST(SocketKind.NIO, 60_100, true),
    EPOLL_MULTICAST(SocketKind.EPOLL, 60_100, true);

    private static final String GROUP = "239.4.7.1";

    private final SocketKind sockets;
    private final int maxDatagramBytes;
    private final boolean multicast;

    Carriage(SocketKind sockets, int maxDatagramBytes, boolean multicast) {
        this.sockets = sockets;
        this.maxDatagramBytes = maxDatagramBytes;
        this.multicast = multicast;
    }

    /** Netty's native library is on the class path for this machine only; there it has to work. */
    static List<Carriage> here() {
        boolean hasNative = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        return Arrays.stream(values())
                .filter(carriage -> hasNative || carriage.sockets == SocketKind.NIO)
                .toList();
    }

    /** One for each kind of sockets. */
    static List<Carriage> plain() {
        return here().stream()
                .filter(carriage -> carriage == NIO || carriage == EPOLL)
                .toList();
    }

    boolean hasLargeDatagrams() {
        return maxDatagramBytes > 50_000;
    }

    SocketKind sockets() {
        return sockets;
    }

    boolean isMulticast() {
        return multicast;
    }

    /** A group for link 0, of the cluster's own: its port is that of the cluster's first node. */
    UdpRingConfig applyTo(UdpRingConfig config) {
        InetSocketAddress first =
                config.addresses().get(config.addresses().firstKey()).get(0);
        List<InetSocketAddress> groups = multicast ? List.of(new InetSocketAddress(GROUP, first.getPort())) : List.of();
        return config.sockets(sockets).maxDatagramBytes(maxDatagramBytes).multicast(groups);
    }
}
