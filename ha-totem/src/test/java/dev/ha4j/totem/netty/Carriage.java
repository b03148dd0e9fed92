package dev.ha4j.totem.netty;

import java.util.Arrays;
import java.util.List;

/** The ways of carrying a ring's packets, all of which have to behave alike. */
enum Carriage {
    NIO(SocketKind.NIO, 60_100),
    EPOLL(SocketKind.EPOLL, 60_100),
    EPOLL_IN_SMALL_DATAGRAMS(SocketKind.EPOLL, 1_472);

    private final SocketKind sockets;
    private final int maxDatagramBytes;

    Carriage(SocketKind sockets, int maxDatagramBytes) {
        this.sockets = sockets;
        this.maxDatagramBytes = maxDatagramBytes;
    }

    /** Netty's native library is on the class path for this machine only; there it has to work. */
    static List<Carriage> here() {
        boolean hasNative = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        return Arrays.stream(values())
                .filter(carriage -> hasNative || carriage.sockets == SocketKind.NIO)
                .toList();
    }

    boolean hasLargeDatagrams() {
        return maxDatagramBytes > 50_000;
    }

    SocketKind sockets() {
        return sockets;
    }

    UdpRingConfig applyTo(UdpRingConfig config) {
        return config.sockets(sockets).maxDatagramBytes(maxDatagramBytes);
    }
}
