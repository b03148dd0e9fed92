package dev.ha4j.totem.netty;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Knows where one node is reached on one link, now and later: fixed, from DNS, or from whatever knows. The address is how a node is
 * found and where its packets have to come from, never who it is: a node that moves keeps its id, its sessions and its place.
 */
@FunctionalInterface
public interface AddressSource {

    /**
     * The address at present, resolved. Asked now and then by {@link AddressFollower}, on its own thread, on which it may block.
     *
     * @throws IOException if it isn't known at present, with the reason; what was known before stays in use
     */
    InetSocketAddress address() throws IOException;

    /** Whether it will never be another one. */
    default boolean isFixed() {
        return false;
    }

    /** Always the same. */
    static AddressSource fixed(InetSocketAddress address) {
        return new FixedAddress(address);
    }

    /**
     * An IP address, which stays, or a name, which the JVM's resolver is asked for. As long as the name has the address that is in use,
     * among others maybe, that is kept. How soon the JVM hears of a change is the business of {@code networkaddress.cache.ttl}.
     */
    static AddressSource of(String host, int port) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal == null) {
            return new NamedAddress(host, port, InetAddress::getAllByName);
        }
        try {
            return fixed(new InetSocketAddress(InetAddress.getByAddress(literal), port));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(host + " is no IP address", e);
        }
    }
}
