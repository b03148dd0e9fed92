package dev.ha4j.api.config;

/** What the ring's thread uses to talk to the kernel. The behaviour is the same; the cost is not. */
public enum SocketKind {

    /** {@link #EPOLL} where it is to be had, else {@link #NIO}. */
    AUTO,

    /** The JDK's own: works everywhere, one system call per datagram. */
    NIO,

    /**
     * Netty's native transport for Linux: batches of small datagrams take one system call. Needs
     * {@code io.netty:netty-transport-native-epoll} for the machine's architecture on the class path.
     */
    EPOLL
}
