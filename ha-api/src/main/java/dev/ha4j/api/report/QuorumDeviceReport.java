package dev.ha4j.api.report;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The quorum device, as one node knows it.
 *
 * @param votes that it has
 * @param counted whether they were among those of this node's partition when votes were counted last; where the nodes alone were
 *     enough, it was not asked
 * @param granted whether it gives its vote to the present ring, as this node heard last
 * @param countsAtNextLoss whether this node has had that vote without a break since the newest epoch, so that it counts if a node
 *     is lost now
 * @param arbiters which arbiter each member of the ring asks, by name of the member; those that ask none, or can't tell which, are
 *     not there
 * @param problem why this node can't ask it now; empty if it can
 */
public record QuorumDeviceReport(
        int votes,
        boolean counted,
        boolean granted,
        boolean countsAtNextLoss,
        SortedMap<String, String> arbiters,
        Optional<String> problem) {

    public QuorumDeviceReport {
        arbiters = Collections.unmodifiableSortedMap(new TreeMap<>(arbiters));
        Objects.requireNonNull(problem, "problem");
    }
}
