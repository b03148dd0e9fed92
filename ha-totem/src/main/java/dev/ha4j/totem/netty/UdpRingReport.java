package dev.ha4j.totem.netty;

import dev.ha4j.api.config.SocketKind;
import dev.ha4j.totem.RingReport;
import dev.ha4j.totem.security.SecurityReport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * What a ring on UDP has seen since its start.
 *
 * @param sockets what is in use, never AUTO
 * @param bound where this node receives, from link 0 on; empty before the start
 * @param receiveBufferBytes what the kernel granted to the smallest of this node's sockets; 0 before the start
 * @param packetsIn datagrams received, rejected ones included
 * @param packetsOut datagrams handed to the kernel
 * @param oversized messages not sent, and datagrams dropped on receipt, because of their size
 * @param refusals "port unreachable" answers
 * @param undecodable authentic packets that held no message, by reason
 * @param security packets by verdict
 * @param links every link to every peer
 * @param loopStallMax most that the loop was ever late for its timer
 * @param loopStalls how often it was late by a quarter of the token timeout or more
 * @param ring the protocol
 */
public record UdpRingReport(
        SocketKind sockets,
        List<InetSocketAddress> bound,
        long receiveBufferBytes,
        long packetsIn,
        long packetsOut,
        long oversized,
        long refusals,
        SortedMap<String, Long> undecodable,
        SecurityReport security,
        List<LinkReport> links,
        Duration loopStallMax,
        long loopStalls,
        RingReport ring) {}
