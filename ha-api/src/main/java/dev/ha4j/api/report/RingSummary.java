package dev.ha4j.api.report;

import dev.ha4j.api.config.RingOptions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ring.
 *
 * @param state name of the protocol's state
 * @param ring its identity; empty before the first
 * @param members names
 * @param suspects names of members that are suspected to be gone
 * @param queuedMessages own messages that wait to be sent
 * @param undeliveredBytes what waits between the ring and the controller
 * @param links every link to every other node, as seen from here
 * @param token how the token goes round
 * @param network what passes the sockets
 * @param sent ring messages by kind
 * @param received ring messages by kind
 * @param options the numbers in force, those that follow from others included
 * @param counters events since the start, by name
 */
public record RingSummary(
        String state,
        String ring,
        SortedSet<String> members,
        SortedSet<String> suspects,
        int queuedMessages,
        long undeliveredBytes,
        List<LinkSummary> links,
        TokenReport token,
        NetworkSummary network,
        SortedMap<String, Long> sent,
        SortedMap<String, Long> received,
        RingOptions options,
        Map<String, Long> counters) {

    public RingSummary {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(ring, "ring");
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        suspects = Collections.unmodifiableSortedSet(new TreeSet<>(suspects));
        links = List.copyOf(links);
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(network, "network");
        sent = Collections.unmodifiableSortedMap(new TreeMap<>(sent));
        received = Collections.unmodifiableSortedMap(new TreeMap<>(received));
        Objects.requireNonNull(options, "options");
        SortedMap<String, Long> sorted = new TreeMap<>(counters);
        counters = Collections.unmodifiableSortedMap(sorted);
    }
}
