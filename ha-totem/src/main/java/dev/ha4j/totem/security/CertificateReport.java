package dev.ha4j.totem.security;

import dev.ha4j.api.NodeId;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The certificates of the nodes, and whom this one does not believe.
 *
 * @param ends until when they are valid: that of this node, and of the peers as they have shown them last
 * @param doubts peers whose last handshake was not accepted, and why: a node whose certificate or token timeout is wrong, or
 *     somebody else
 */
public record CertificateReport(SortedMap<NodeId, Instant> ends, SortedMap<NodeId, RejectReason> doubts) {

    public CertificateReport {
        ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
        doubts = Collections.unmodifiableSortedMap(new TreeMap<>(doubts));
    }
}
