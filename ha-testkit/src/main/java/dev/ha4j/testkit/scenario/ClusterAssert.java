package dev.ha4j.testkit.scenario;

import java.util.List;

/** What has to hold of a simulated cluster now. Each method throws an {@link AssertionError} if it doesn't. */
public final class ClusterAssert {

    private final SimulatedCluster cluster;

    ClusterAssert(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * All nodes run and are one quorate ring under one controller, know the same state, and everything that should be active
     * is, once. Nothing is waited for: let time pass before, with {@link SimulatedCluster#run}.
     */
    public ClusterAssert hasConverged() {
        List<String> missing = cluster.missing();
        if (!missing.isEmpty()) {
            throw cluster.failure("the cluster has not converged: " + String.join("; ", missing));
        }
        cluster.judge();
        return this;
    }

    /** This node is active in the resource's exclusive role. */
    public ClusterAssert isLedBy(String resource, String node) {
        String leader = cluster.leader(resource);
        if (!leader.equals(node)) {
            throw cluster.failure(resource + " is led by " + leader + ", not by " + node);
        }
        return this;
    }

    /** No node is active in the resource's exclusive role. */
    public ClusterAssert isLedByNobody(String resource) {
        cluster.findLeader(resource).ifPresent(leader -> {
            throw cluster.failure(resource + " is led by " + leader + ", though nobody should lead it");
        });
        return this;
    }
}
