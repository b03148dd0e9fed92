package dev.ha4j.corosync.node;

import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.KnetConfig;
import dev.ha4j.corosync.knet.LinkSettings;
import dev.ha4j.corosync.srp.OrderedMessage;
import dev.ha4j.corosync.srp.SrpConfig;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What follows from the settings, by Corosync's formulas. */
final class Timing {

    private static final int IP4_UDP_BYTES = 28;
    private static final int IP6_UDP_BYTES = 48;

    /** Corosync sends two. With more, a dead link is known well before the token counts as lost. */
    private static final int PINGS_IN_TIMEOUT = 4;

    private static final double RETRANSMITS_BEFORE_LOSS = 4.2;
    private static final double HOLD_OF_RETRANSMIT = 0.8;
    private static final double CONSENSUS_OF_TOKEN = 1.2;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long JOIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MERGE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RESERVATION_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int WINDOW_MESSAGES = 50;
    private static final int MESSAGES_PER_VISIT = 17;
    private static final int VISITS_BEFORE_REQUEST = 5;
    private static final int IDLE_ROTATIONS = 30;
    private static final int FAIL_TO_RECEIVE_ROTATIONS = 2_500;

    private Timing() {}

    static SrpConfig of(CorosyncConfig config) {
        long token = config.effectiveToken().toNanos();
        long retransmit = (long) (token / RETRANSMITS_BEFORE_LOSS);
        return new SrpConfig(
                new TreeSet<>(config.nodes().keySet()),
                token,
                retransmit,
                Math.max(TICK_NANOS, (long) (retransmit * HOLD_OF_RETRANSMIT) - TICK_NANOS),
                JOIN_NANOS,
                (long) (token * CONSENSUS_OF_TOKEN),
                MERGE_NANOS,
                RESERVATION_NANOS,
                WINDOW_MESSAGES,
                MESSAGES_PER_VISIT,
                VISITS_BEFORE_REQUEST,
                IDLE_ROTATIONS,
                FAIL_TO_RECEIVE_ROTATIONS);
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
