package dev.ha4j.api.config;

import java.util.Objects;

/**
 * Where a node receives on one link.
 *
 * @param host name or IP address
 * @param port UDP port, 1 to 65,535
 */
public record LinkAddress(String host, int port) {

    /** The port that is used if none is said ({@code mcastport}). */
    public static final int DEFAULT_PORT = 5405;

    public LinkAddress {
        Objects.requireNonNull(host, "host");
        if (host.isBlank()) {
            throw new IllegalArgumentException("a link address needs a host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port of " + host + " must be 1 to 65535, not " + port);
        }
    }

    /** Reads {@code host}, {@code host:port}, {@code [v6]:port} or a bare IPv6 address. */
    public static LinkAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean bareV6 = !bracketed && text.indexOf(':') != colon;
        if (colon < 0 || bareV6 || (bracketed && text.endsWith("]"))) {
            return new LinkAddress(unbracket(text), DEFAULT_PORT);
        }
        try {
            return new LinkAddress(unbracket(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no address: write host or host:port", e);
        }
    }

    private static String unbracket(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
