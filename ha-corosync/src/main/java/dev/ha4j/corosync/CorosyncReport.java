package dev.ha4j.corosync;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.TokenReport;
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
 * @param token how it goes round; its messages are packets here
 * @param sent messages of the ring by kind, repeated ones and those to the node itself included
 * @param received messages of the ring by kind
 * @param quorum and the votes of each member, as the services of all members agreed last
 * @param groups closed process groups of the whole ring, and who is in them; joined here or not
 * @param waitingBytes of messages that wait for their turn
 * @param packetBytes longest payload of the ring's packets; what is longer goes in several
 * @param links to all other nodes
 * @param counters what happened how often; packets that were refused by their reason
 */
public record CorosyncReport(
        String state,
        RingId ring,
        SortedSet<NodeId> members,
        TokenReport token,
        SortedMap<String, Long> sent,
        SortedMap<String, Long> received,
        QuorumView quorum,
        SortedMap<String, SortedSet<CpgMember>> groups,
        long waitingBytes,
        int packetBytes,
        List<CorosyncLink> links,
        SortedMap<String, Long> counters) {

    public CorosyncReport {
        sent = Collections.unmodifiableSortedMap(new TreeMap<>(sent));
        received = Collections.unmodifiableSortedMap(new TreeMap<>(received));
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        links = List.copyOf(links);
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }
}
