package dev.ha4j.corosync;

import dev.ha4j.api.config.LinkPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Links and encryption of a ring over {@code knet}, the same at all nodes. Names in brackets are of corosync.conf(5).
 *
 * @param links 1 to 8, by {@code linknumber}
 * @param policy which of those that work are used ({@code link_mode})
 * @param security encryption of all packets
 * @param frameBytes longest packet that is handed to knet, which splits it ({@code netmtu})
 */
public record KnetConfig(List<Link> links, LinkPolicy policy, KnetSecurity security, int frameBytes) {

    /** Most links. */
    public static final int MAX_LINKS = 8;

    /** Longest frame, and Corosync's default. */
    public static final int MAX_FRAME_BYTES = 65_536;

    static final int DEFAULT_PORT = 5_405;
    private static final int MIN_FRAME_BYTES = 1_024;

    /**
     * One of the links.
     *
     * @param port of all nodes ({@code mcastport})
     * @param priority with {@link LinkPolicy#PASSIVE}, the link with the highest number is used ({@code knet_link_priority})
     * @param pongCount answered pings in a row that bring the link into use ({@code knet_pong_count})
     * @param pingInterval if empty, a quarter of the ping timeout; daemons take half of it ({@code knet_ping_interval})
     * @param pingTimeout if empty, token timeout / pongCount ({@code knet_ping_timeout})
     */
    public record Link(
            int port, int priority, int pongCount, Optional<Duration> pingInterval, Optional<Duration> pingTimeout) {

        /**
         * Checks what can't work.
         *
         * @throws IllegalArgumentException naming what to change
         */
        public Link {
            require(port > 0 && port < 1 << 16, "port has to be 1 to 65535, not " + port);
            require(priority >= 0 && priority <= 255, "priority has to be 0 to 255, not " + priority);
            require(pongCount > 0 && pongCount <= 255, "pongCount has to be 1 to 255, not " + pongCount);
            requirePositive("pingInterval", pingInterval);
            requirePositive("pingTimeout", pingTimeout);
        }

        /** A link with Corosync's defaults. */
        public static Link numbered(int number) {
            return new Link(DEFAULT_PORT + number, 1, 2, Optional.empty(), Optional.empty());
        }

        public Link withPort(int value) {
            return new Link(value, priority, pongCount, pingInterval, pingTimeout);
        }

        public Link withPriority(int value) {
            return new Link(port, value, pongCount, pingInterval, pingTimeout);
        }

        public Link withPongCount(int value) {
            return new Link(port, priority, value, pingInterval, pingTimeout);
        }

        public Link withPings(Duration interval, Duration timeout) {
            return new Link(port, priority, pongCount, Optional.of(interval), Optional.of(timeout));
        }
    }

    /**
     * Checks what can't work.
     *
     * @throws IllegalArgumentException naming what to change
     */
    public KnetConfig {
        links = List.copyOf(links);
        require(
                !links.isEmpty() && links.size() <= MAX_LINKS,
                "there have to be 1 to " + MAX_LINKS + " links, not " + links.size());
        require(
                frameBytes >= MIN_FRAME_BYTES && frameBytes <= MAX_FRAME_BYTES,
                "frameBytes has to be " + MIN_FRAME_BYTES + " to " + MAX_FRAME_BYTES + ", not " + frameBytes);
    }

    /** So many links, with Corosync's defaults. */
    public static KnetConfig of(int links, KnetSecurity security) {
        return new KnetConfig(
                IntStream.range(0, links).mapToObj(Link::numbered).toList(),
                LinkPolicy.PASSIVE,
                security,
                MAX_FRAME_BYTES);
    }

    public KnetConfig withLinks(List<Link> value) {
        return new KnetConfig(value, policy, security, frameBytes);
    }

    public KnetConfig withPolicy(LinkPolicy value) {
        return new KnetConfig(links, value, security, frameBytes);
    }

    public KnetConfig withFrameBytes(int value) {
        return new KnetConfig(links, policy, security, value);
    }

    private static void requirePositive(String name, Optional<Duration> value) {
        value.ifPresent(duration ->
                require(!duration.isNegative() && !duration.isZero(), name + " has to be positive, not " + duration));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
