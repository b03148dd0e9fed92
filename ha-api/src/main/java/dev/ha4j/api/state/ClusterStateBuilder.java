package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes a {@link ClusterState} from another one, or from nothing but a configuration. For one thread. */
public final class ClusterStateBuilder {

    private StateVersion version = StateVersion.NONE;
    private int featureLevel = 1;
    private ClusterPolicy policy;
    private PersistentMap<NodeId, NodeStatus> nodes = PersistentMap.empty();
    private PersistentMap<OperationKey, OperationRecord> history = PersistentMap.empty();
    private PersistentMap<OperationKey, FailCount> failures = PersistentMap.empty();
    private TermLedger terms = TermLedger.NONE;
    private FenceLedger fencing = FenceLedger.NONE;
    private VoterLedger voters = VoterLedger.NONE;
    private PersistentMap<String, TicketStatus> tickets = PersistentMap.empty();
    private RequestLedger requests = RequestLedger.NONE;
    private Optional<NodeId> controller = Optional.empty();
    private long lastCallId;
    private boolean quorate;
    private long wallMillis;
    private long formedMillis;

    ClusterStateBuilder(ClusterPolicy policy) {
        this.policy = policy;
    }

    ClusterStateBuilder(ClusterState state) {
        version = state.version();
        featureLevel = state.featureLevel();
        policy = state.policy();
        nodes = state.nodes();
        history = state.history();
        failures = state.failures();
        terms = state.terms();
        fencing = state.fencing();
        voters = state.voters();
        tickets = state.tickets();
        requests = state.requests();
        controller = state.controller();
        lastCallId = state.lastCallId();
        quorate = state.quorate();
        wallMillis = state.wallMillis();
        formedMillis = state.formedMillis();
    }

    public ClusterStateBuilder version(StateVersion value) {
        version = value;
        return this;
    }

    public ClusterStateBuilder featureLevel(int value) {
        featureLevel = value;
        return this;
    }

    public ClusterStateBuilder policy(ClusterPolicy value) {
        policy = value;
        return this;
    }

    public ClusterStateBuilder nodes(PersistentMap<NodeId, NodeStatus> value) {
        nodes = value;
        return this;
    }

    /** Changes one node, from {@link NodeStatus#NEVER_SEEN} if it is not there yet. */
    public ClusterStateBuilder node(NodeId id, UnaryOperator<NodeStatus> change) {
        nodes = nodes.put(id, change.apply(nodes.getOrDefault(id, NodeStatus.NEVER_SEEN)));
        return this;
    }

    public ClusterStateBuilder history(PersistentMap<OperationKey, OperationRecord> value) {
        history = value;
        return this;
    }

    public ClusterStateBuilder record(OperationKey key, OperationRecord value) {
        history = history.put(key, value);
        return this;
    }

    /** Forgets what ran on a node. */
    public ClusterStateBuilder forgetHistory(NodeId node) {
        history = history.removeIf((key, value) -> key.node().equals(node));
        return this;
    }

    public ClusterStateBuilder failures(PersistentMap<OperationKey, FailCount> value) {
        failures = value;
        return this;
    }

    public ClusterStateBuilder terms(TermLedger value) {
        terms = value;
        return this;
    }

    public ClusterStateBuilder fencing(FenceLedger value) {
        fencing = value;
        return this;
    }

    public ClusterStateBuilder voters(VoterLedger value) {
        voters = value;
        return this;
    }

    public ClusterStateBuilder tickets(PersistentMap<String, TicketStatus> value) {
        tickets = value;
        return this;
    }

    public ClusterStateBuilder requests(RequestLedger value) {
        requests = value;
        return this;
    }

    public ClusterStateBuilder controller(Optional<NodeId> value) {
        controller = value;
        return this;
    }

    public ClusterStateBuilder lastCallId(long value) {
        lastCallId = value;
        return this;
    }

    public ClusterStateBuilder quorate(boolean value) {
        quorate = value;
        return this;
    }

    public ClusterStateBuilder wallMillis(long value) {
        wallMillis = value;
        return this;
    }

    public ClusterStateBuilder formedMillis(long value) {
        formedMillis = value;
        return this;
    }

    public ClusterState build() {
        return new ClusterState(
                version,
                featureLevel,
                policy,
                nodes,
                history,
                failures,
                terms,
                fencing,
                voters,
                tickets,
                requests,
                controller,
                lastCallId,
                quorate,
                wallMillis,
                formedMillis);
    }
}
