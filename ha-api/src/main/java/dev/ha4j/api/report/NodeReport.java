package dev.ha4j.api.report;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.StateVersion;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one node knows at one instant. Parts of it may be some milliseconds apart.
 *
 * @param cluster name
 * @param node name of the node that reports
 * @param id its number
 * @param phase how far its life has got
 * @param version of the replicated state that it knows
 * @param controller name of the designated controller; empty without quorum
 * @param ring as this node sees it
 * @param quorum as this node counts it
 * @param nodes all nodes of the cluster, by number
 * @param resources by name
 * @param fencing by device, as far as this node uses it
 * @param rehearsal the failovers that it played after its start; empty before they have ended, and if it was told not to
 * @param problems what somebody should look after, in words
 */
public record NodeReport(
        String cluster,
        String node,
        NodeId id,
        NodePhase phase,
        StateVersion version,
        Optional<String> controller,
        RingSummary ring,
        QuorumReport quorum,
        List<MemberReport> nodes,
        List<ResourceReport> resources,
        List<FenceReport> fencing,
        Optional<RehearsalReport> rehearsal,
        List<String> problems) {

    public NodeReport {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(controller, "controller");
        Objects.requireNonNull(ring, "ring");
        Objects.requireNonNull(quorum, "quorum");
        nodes = List.copyOf(nodes);
        resources = List.copyOf(resources);
        fencing = List.copyOf(fencing);
        Objects.requireNonNull(rehearsal, "rehearsal");
        problems = List.copyOf(problems);
    }

    public Optional<ResourceReport> resource(String name) {
        return resources.stream()
                .filter(resource -> resource.name().equals(name))
                .findFirst();
    }

    /** One sentence: why not everything is active that should be ("why is nobody leading?"), or that all is well. */
    public String explanation() {
        if (phase.isOver()) {
            return "node " + node + " is not part of the cluster: " + phase.reason();
        }
        if (!quorum.quorate()) {
            return "nothing is active, for there is no quorum: " + quorum.explanation();
        }
        return resources.stream()
                .filter(resource -> !resource.isWell())
                .map(ResourceReport::explanation)
                .reduce((left, right) -> left + "; " + right)
                .orElse("all is well: everything that should be active is");
    }

    /** One sentence about one resource or leadership. */
    public String explanation(String resource) {
        if (phase.isOver() || !quorum.quorate()) {
            return explanation();
        }
        return resource(resource)
                .map(ResourceReport::explanation)
                .orElse(resource
                        + " is not known to the cluster: no node has asked for it, or the request is under way");
    }
}
