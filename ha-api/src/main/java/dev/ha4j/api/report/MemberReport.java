package dev.ha4j.api.report;

import dev.ha4j.api.state.NodeStatus;
import java.util.Objects;

/**
 * One node of the cluster, as the replicated state has it.
 *
 * @param name of the node
 * @param status what the cluster knows of it
 */
public record MemberReport(String name, NodeStatus status) {

    public MemberReport {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(status, "status");
    }
}
