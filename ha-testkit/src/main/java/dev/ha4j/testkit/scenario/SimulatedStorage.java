package dev.ha4j.testkit.scenario;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Term;
import dev.ha4j.testkit.world.NodeProcess;

/**
 * What the code under test writes to, shared by all nodes: a database, a device. It records each write as an {@link Act}. If
 * its resource demands {@link ProofLevel#RESOURCE_TOKEN}, or {@link #refuseOldTokens} says so, it refuses tokens older than
 * the newest it has seen; else it takes everything, and it is for the cluster to see to it that nobody acts too late.
 */
public final class SimulatedStorage {

    private final String resource;
    private final SimulatedCluster cluster;
    private boolean used;
    private boolean guards;

    SimulatedStorage(String resource, SimulatedCluster cluster) {
        this.resource = resource;
        this.cluster = cluster;
    }

    /** From here on it refuses tokens older than the newest it has seen. */
    public SimulatedStorage refuseOldTokens() {
        guards = true;
        return this;
    }

    /** {@link #write(long)} with the term's token. */
    public boolean write(Term term) {
        return write(term.token());
    }

    /**
     * Writes something in the term of this token. Called by code that runs on a simulated node.
     *
     * @return whether the storage took it
     * @throws IllegalStateException if called from anywhere else
     */
    public boolean write(long token) {
        return write(cluster.caller("storage(\"" + resource + "\").write(...)"), token);
    }

    boolean write(NodeProcess process, long token) {
        return cluster.simulation().write(process, resource, token, guards);
    }

    SimulatedStorage use() {
        used = true;
        return this;
    }

    /** Whether the code under test writes by itself. */
    boolean isUsed() {
        return used;
    }
}
