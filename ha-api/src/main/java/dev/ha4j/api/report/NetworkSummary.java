package dev.ha4j.api.report;

import dev.ha4j.api.config.SocketKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What passes the node's sockets, since its start.
 *
 * @param sockets which are in use, never AUTO; empty without sockets
 * @param bound where this node receives, from link 0 on; empty without sockets
 * @param receiveBufferBytes what the kernel granted to the smallest of this node's sockets, which bounds what is sent to it in one
 *     rotation: less than {@link dev.ha4j.api.config.SocketOptions#bufferBytes} where {@code net.core.rmem_max} is less
 * @param packetsIn datagrams received, rejected ones included
 * @param packetsOut datagrams handed to the kernel
 * @param oversized datagrams not sent, or dropped on receipt, because of their size
 * @param refusals "port unreachable" answers
 * @param undecodable authentic packets that held no message, by reason: of a newer version, or a defect
 * @param rejected datagrams that were dropped, by reason; only reasons that occurred
 * @param removed names of nodes that were removed while this one ran, and how often each was refused since
 * @param keyNumber the key in which this node sends
 * @param acceptedKeyNumbers the keys in which others may send
 * @param peerKeyNumbers the key in which each node sends, by name; those that are not there have no session with this node
 * @param certificatesEnd until when the certificates of this and of the other nodes are valid, by name; empty where they have none
 * @param longestStall the most that the ring's thread was ever late for its timer: what a pause of the process looks like
 * @param stalls how often it was late by more than a quarter of the token timeout
 */
public record NetworkSummary(
        Optional<SocketKind> sockets,
        List<String> bound,
        long receiveBufferBytes,
        long packetsIn,
        long packetsOut,
        long oversized,
        long refusals,
        SortedMap<String, Long> undecodable,
        SortedMap<String, Long> rejected,
        SortedMap<String, Long> removed,
        int keyNumber,
        SortedSet<Integer> acceptedKeyNumbers,
        SortedMap<String, Integer> peerKeyNumbers,
        SortedMap<String, Instant> certificatesEnd,
        Duration longestStall,
        long stalls) {

    /** Of a node without sockets. */
    public static final NetworkSummary NONE = new NetworkSummary(
            Optional.empty(),
            List.of(),
            0,
            0,
            0,
            0,
            0,
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            0,
            Collections.emptySortedSet(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Duration.ZERO,
            0);

    public NetworkSummary {
        Objects.requireNonNull(sockets, "sockets");
        bound = List.copyOf(bound);
        undecodable = Collections.unmodifiableSortedMap(new TreeMap<>(undecodable));
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
        acceptedKeyNumbers = Collections.unmodifiableSortedSet(new TreeSet<>(acceptedKeyNumbers));
        peerKeyNumbers = Collections.unmodifiableSortedMap(new TreeMap<>(peerKeyNumbers));
        certificatesEnd = Collections.unmodifiableSortedMap(new TreeMap<>(certificatesEnd));
        Objects.requireNonNull(longestStall, "longestStall");
    }
}
