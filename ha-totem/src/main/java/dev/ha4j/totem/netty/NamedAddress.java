package dev.ha4j.totem.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name, asked for anew each time. For one thread. */
final class NamedAddress implements AddressSource {

    /** What turns names into addresses. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String name) throws UnknownHostException;
    }

    private final String name;
    private final int port;
    private final Resolver resolver;
    private @Nullable InetAddress current;

    NamedAddress(String name, int port, Resolver resolver) {
        this.name = name;
        this.port = port;
        this.resolver = resolver;
    }

    /** Names with several addresses give them in ever another order: the present one is left only when it is gone. */
    @Override
    public InetSocketAddress address() throws IOException {
        InetAddress address = current;
        List<InetAddress> all = all();
        if (address == null || !all.contains(address)) {
            address = all.get(0);
            current = address;
        }
        return new InetSocketAddress(address, port);
    }

    private List<InetAddress> all() throws IOException {
        try {
            List<InetAddress> all = Arrays.asList(resolver.resolve(name));
            if (!all.isEmpty()) {
                return all;
            }
        } catch (UnknownHostException e) {
            throw new IOException("the name " + name + " can't be resolved", e);
        }
        throw new IOException("the name " + name + " has no address");
    }
}
