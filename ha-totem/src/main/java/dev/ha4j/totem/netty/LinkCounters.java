package dev.ha4j.totem.netty;

import dev.ha4j.api.config.SocketKind;
import dev.ha4j.totem.RingReport;
import dev.ha4j.totem.security.SecurityReport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what passes the sockets. On the loop only. */
final class LinkCounters {

    private final SocketKind sockets;
    private final SortedMap<String, Long> undecodable = new TreeMap<>();
    private List<InetSocketAddress> bound = List.of();
    private long receiveBufferBytes;
    private long packetsIn;
    private long packetsOut;
    private long oversized;
    private long refusals;
    private long stallMaxNanos;
    private long stalls;

    /** @param sockets what is in use */
    LinkCounters(SocketKind sockets) {
        this.sockets = sockets;
    }

    void packetIn() {
        packetsIn++;
    }

    void packetsOut(int count) {
        packetsOut += count;
    }

    void oversized() {
        oversized++;
    }

    void refusal() {
        refusals++;
    }

    long refusals() {
        return refusals;
    }

    void undecodable(String reason) {
        undecodable.merge(reason, 1L, Long::sum);
    }

    void late(long nanos, long stallNanos) {
        stalls += nanos >= stallNanos ? 1 : 0;
        stallMaxNanos = Math.max(stallMaxNanos, nanos);
    }

    /** Where this node receives, from link 0 on. */
    void bound(List<InetSocketAddress> addresses) {
        bound = List.copyOf(addresses);
    }

    /** The smallest of what the kernel granted to this node's sockets. */
    void receiveBuffer(int bytes) {
        receiveBufferBytes = bytes;
    }

    long receiveBufferBytes() {
        return receiveBufferBytes;
    }

    UdpRingReport report(SecurityReport security, List<LinkReport> links, RingReport ring) {
        return new UdpRingReport(
                sockets,
                bound,
                receiveBufferBytes,
                packetsIn,
                packetsOut,
                oversized,
                refusals,
                Collections.unmodifiableSortedMap(new TreeMap<>(undecodable)),
                security,
                links,
                Duration.ofNanos(stallMaxNanos),
                stalls,
                ring);
    }
}
