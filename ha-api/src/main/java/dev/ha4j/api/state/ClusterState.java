package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the members of a quorate cluster agree on. It is changed only by commands, in their total order: equal versions
 * mean equal states on all nodes. A plan is a function of it.
 *
 * @param version of this state
 * @param featureLevel what commands may be sent: the level that all configured nodes announced
 * @param policy the configuration
 * @param nodes all configured nodes, and members that are not configured any more
 * @param history the last run of each operation; gone with the node's incarnation
 * @param failures fail counts, kept over restarts
 * @param terms tokens granted
 * @param fencing under way and done
 * @param voters who votes, beside what is configured
 * @param tickets that this cluster has, or had, by name
 * @param requests answered lately
 * @param controller the designated controller (DC) of this epoch; empty before it was chosen
 * @param lastCallId the last {@link OperationRecord#callId()} given out
 * @param quorate whether this state is that of a quorate partition
 * @param wallMillis the latest wall time that a designated controller stamped, milliseconds since 1970; never goes back
 * @param formedMillis the first wall time that one stamped: when the cluster was quorate for the first time of all; 0 before
 */
public record ClusterState(
        StateVersion version,
        int featureLevel,
        ClusterPolicy policy,
        PersistentMap<NodeId, NodeStatus> nodes,
        PersistentMap<OperationKey, OperationRecord> history,
        PersistentMap<OperationKey, FailCount> failures,
        TermLedger terms,
        FenceLedger fencing,
        VoterLedger voters,
        PersistentMap<String, TicketStatus> tickets,
        RequestLedger requests,
        Optional<NodeId> controller,
        long lastCallId,
        boolean quorate,
        long wallMillis,
        long formedMillis) {

    public ClusterState {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(nodes, "nodes");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(failures, "failures");
        Objects.requireNonNull(terms, "terms");
        Objects.requireNonNull(fencing, "fencing");
        Objects.requireNonNull(voters, "voters");
        Objects.requireNonNull(tickets, "tickets");
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(controller, "controller");
    }

    /** The state of a cluster that was just born: its configured nodes, none of which was ever seen. */
    public static ClusterState initial(ClusterPolicy policy) {
        PersistentMap<NodeId, NodeStatus> nodes = PersistentMap.empty();
        for (var node : policy.nodes()) {
            nodes = nodes.put(node.id(), NodeStatus.NEVER_SEEN);
        }
        return builder(policy).nodes(nodes).build();
    }

    public static ClusterStateBuilder builder(ClusterPolicy policy) {
        return new ClusterStateBuilder(policy);
    }

    /** A builder that starts from this state. */
    public ClusterStateBuilder change() {
        return new ClusterStateBuilder(this);
    }

    public NodeStatus node(NodeId id) {
        return nodes.getOrDefault(id, NodeStatus.NEVER_SEEN);
    }

    /** What was done with a resource on a node: the last run of each operation, in the order in which they were ordered. */
    public List<Map.Entry<OperationKey, OperationRecord>> runs(NodeId node, String resource) {
        return history.from(OperationKey.first(node, resource))
                .takeWhile(run -> run.getKey().node().equals(node)
                        && run.getKey().resource().equals(resource))
                .sorted(Comparator.comparingLong(run -> run.getValue().callId()))
                .toList();
    }

    /** What was done on a node, in the order of the keys. */
    public Stream<Map.Entry<OperationKey, OperationRecord>> runs(NodeId node) {
        return history.from(OperationKey.first(node, ""))
                .takeWhile(run -> run.getKey().node().equals(node));
    }

    public TicketStatus ticket(String name) {
        return tickets.getOrDefault(name, TicketStatus.NONE);
    }
}
