package dev.ha4j.corosync;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A look at the node.
 *
 * @param state of the protocol: gather, commit, recovery, operational or ended
 * @param ring installed last
 * @param members of that ring
 * @param waitingBytes of messages that wait for their turn
 * @param links to all other nodes; none over {@code udpu}
 * @param counters what happened how often; packets that were refused by their reason
 */
public record CorosyncReport(
        String state,
        RingId ring,
        SortedSet<NodeId> members,
        long waitingBytes,
        List<CorosyncLink> links,
        SortedMap<String, Long> counters) {

    public CorosyncReport {
        links = List.copyOf(links);
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }
}
