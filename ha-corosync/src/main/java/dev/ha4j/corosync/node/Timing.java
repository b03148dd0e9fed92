package dev.ha4j.corosync.node;

import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.KnetConfig;
import dev.ha4j.corosync.TotemConfig;
import dev.ha4j.corosync.knet.LinkSettings;
import dev.ha4j.corosync.srp.OrderedMessage;
import dev.ha4j.corosync.srp.SrpConfig;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.TreeSet;

/** What the settings mean to the ring and its links. */
final class Timing {

    private static final int IP4_UDP_BYTES = 28;
    private static final int IP6_UDP_BYTES = 48;

    /** Corosync sends two. With more, a dead link is known well before the token counts as lost. */
    private static final int PINGS_IN_TIMEOUT = 4;

    private static final Duration RESERVATION = Duration.ofSeconds(30);

    private Timing() {}

    static SrpConfig of(CorosyncConfig config) {
        TotemConfig totem = config.totem();
        return new SrpConfig(
                new TreeSet<>(config.nodes().keySet()),
                config.effectiveToken().toNanos(),
                config.effectiveTokenRetransmit().toNanos(),
                config.effectiveHold().toNanos(),
                totem.join().toNanos(),
                config.effectiveConsensus().toNanos(),
                totem.merge().toNanos(),
                RESERVATION.toNanos(),
                totem.windowMessages(),
                totem.messagesPerVisit(),
                totem.visitsBeforeRequest(),
                totem.idleRotations(),
                totem.failToReceiveRotations(),
                totem.requestsPreventHold());
    }

    /** What fits into a packet behind its header, and still does when it is repeated inside of another one. */
    static int payloadBytes(CorosyncConfig config) {
        int packetBytes = config.knet().map(KnetConfig::frameBytes).orElseGet(() -> datagramBytes(config));
        return packetBytes - 2 * OrderedMessage.HEADER_BYTES;
    }

    /** What fits into a datagram on every link. */
    static int datagramBytes(CorosyncConfig config) {
        boolean ip4 = config.addresses().stream().allMatch(address -> address instanceof Inet4Address);
        return config.mtuBytes() - (ip4 ? IP4_UDP_BYTES : IP6_UDP_BYTES);
    }

    static LinkSettings of(KnetConfig.Link link, CorosyncConfig config) {
        long timeout = link.pingTimeout()
                .map(Duration::toNanos)
                .orElse(config.effectiveToken().toNanos() / link.pongCount());
        long interval = link.pingInterval().map(Duration::toNanos).orElse(timeout / PINGS_IN_TIMEOUT);
        return new LinkSettings(link.priority(), interval, timeout, link.pongCount());
    }
}
