package dev.ha4j.api.report;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.NodeStatus;
import java.util.Objects;

/**
 * One node of the cluster, as the replicated state has it.
 *
 * @param id its number
 * @param name of the node
 * @param votes that it has; 0 for one that is being removed
 * @param expected whether these votes are expected now: not of a node that was missing for the window of {@code lastManStanding}, left
 *     cleanly under {@code allowDownscale}, or was declared down by an operator, until it is back
 * @param counted whether they were among those of this node's partition when votes were counted last
 * @param status what the cluster knows of it
 */
public record MemberReport(NodeId id, String name, int votes, boolean expected, boolean counted, NodeStatus status) {

    public MemberReport {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(status, "status");
    }
}
