package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import java.util.SortedSet;

/**
 * Who should form the next ring.
 *
 * @param processes everybody considered, failed ones included
 * @param failed of these
 */
record Proposal(SortedSet<NodeId> processes, SortedSet<NodeId> failed) {

    static Proposal of(SortedSet<NodeId> processes) {
        return new Proposal(processes, Sets.of());
    }

    SortedSet<NodeId> candidates() {
        return Sets.minus(processes, failed);
    }

    boolean isOf(JoinMessage join) {
        return processes.equals(join.processes()) && failed.equals(join.failed());
    }

    Proposal withProcess(NodeId node) {
        return new Proposal(Sets.union(processes, Sets.of(node)), failed);
    }

    Proposal withFailed(SortedSet<NodeId> nodes) {
        return new Proposal(processes, Sets.union(failed, nodes));
    }

    /**
     * What a join message adds. Only a member of the own ring is believed about who of others has failed; who takes me for failed has
     * failed for me.
     */
    Proposal merge(JoinMessage join, NodeId self, SortedSet<NodeId> ownRing) {
        boolean nothingNew = processes.containsAll(join.processes()) && failed.containsAll(join.failed());
        if (nothingNew || failed.contains(join.sender())) {
            return this;
        }
        Proposal wider = new Proposal(Sets.union(processes, join.processes()), failed);
        if (join.failed().contains(self)) {
            return wider.withFailed(Sets.of(join.sender()));
        }
        return ownRing.contains(join.sender()) ? wider.withFailed(join.failed()) : wider;
    }
}
