package dev.ha4j.controller;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.controller.lease.LeaseRule;
import java.util.Objects;

/**
 * What a controller has to know before it starts.
 *
 * @param self this node
 * @param incarnation its present life
 * @param policy the configuration with which the cluster is born; later the replicated one holds
 * @param softwareLevel rises with each release; members of the lowest are the first choice as designated controller
 * @param featureLevel the highest feature level that this software knows
 * @param lostStateAcceptedBy the operator who says that this node counts for quorum though its state is lost, and why; empty
 *     for nobody
 * @param newcomer whether this node joins a cluster that exists: as long as it knows nothing of one it counts for no quorum, so
 *     that nodes which are added never found a second cluster beside the first
 * @param lease how leases are counted
 */
public record ControllerConfig(
        NodeId self,
        Incarnation incarnation,
        ClusterPolicy policy,
        int softwareLevel,
        int featureLevel,
        String lostStateAcceptedBy,
        boolean newcomer,
        LeaseRule lease) {

    public ControllerConfig {
        Objects.requireNonNull(self, "self");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(lostStateAcceptedBy, "lostStateAcceptedBy");
        Objects.requireNonNull(lease, "lease");
    }
}
