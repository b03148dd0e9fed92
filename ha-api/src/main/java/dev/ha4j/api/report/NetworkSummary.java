package dev.ha4j.api.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What passes the node's sockets, since its start.
 *
 * @param packetsIn datagrams received, rejected ones included
 * @param packetsOut datagrams handed to the kernel
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
        long packetsIn,
        long packetsOut,
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
            0,
            0,
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            0,
            Collections.emptySortedSet(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Duration.ZERO,
            0);

    public NetworkSummary {
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
        acceptedKeyNumbers = Collections.unmodifiableSortedSet(new TreeSet<>(acceptedKeyNumbers));
        peerKeyNumbers = Collections.unmodifiableSortedMap(new TreeMap<>(peerKeyNumbers));
        certificatesEnd = Collections.unmodifiableSortedMap(new TreeMap<>(certificatesEnd));
        Objects.requireNonNull(longestStall, "longestStall");
    }
}
