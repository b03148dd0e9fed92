package dev.ha4j.node.assembly;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.node.environment.RingPort;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Which nodes the ring has, by what the cluster has decided: who is added has its place before it votes; who is removed keeps it
 * until it has left, or for a while. Before this node has taken part in an epoch, its configuration may know more than its disk: then
 * both count. But of a node without a place in the state on the disk nobody here knows whether it was added since or removed before,
 * and a ring has only whom all of it know: such a node counts every other while. So does whom others call unknown, for as long as
 * this node's ring opens no epoch: it may have been removed behind this node's back. On the controller's loop.
 */
final class RingNodes {

    private final NodeSpec self;
    private final List<NodeSpec> configured;
    private final RingPort port;
    private final Supplier<SortedSet<NodeId>> disowned;
    private final Consumer<Runnable> afterGrace;
    private final Logger log;
    private final TreeSet<NodeId> leaving = new TreeSet<>();
    private final TreeSet<NodeId> late = new TreeSet<>();
    private SortedMap<NodeId, NodeSpec> told;
    private Set<NodeId> members = Collections.emptySortedSet();
    private ClusterState state;
    private SortedSet<NodeId> called = Collections.emptySortedSet();
    private long firstEpoch;
    private long epochBeforeRing;
    private boolean begun;
    private boolean doubting;
    private boolean doubtfulCount = true;

    /**
     * @param initial with the nodes with which the ring was opened
     * @param disowned whom others have called unknown
     * @param afterGrace runs something when those who were removed have had their time to leave, or to be doubted
     */
    RingNodes(
            NodeSpec self,
            ClusterState initial,
            RingPort port,
            Supplier<SortedSet<NodeId>> disowned,
            Consumer<Runnable> afterGrace,
            Logger log) {
        this.self = self;
        this.disowned = disowned;
        this.configured = initial.policy().nodes();
        this.state = initial;
        this.port = port;
        this.afterGrace = afterGrace;
        this.log = log;
        this.told = byId(configured);
    }

    /**
     * The ring has been started, with what was configured.
     *
     * @param stored what the node has on its disk
     */
    void begin(ClusterState stored) {
        begun = true;
        state = stored;
        firstEpoch = state.version().epoch();
        epochBeforeRing = firstEpoch;
        tell();
        doubt();
    }

    private void doubt() {
        if (begun && !doubting) {
            doubting = true;
            afterGrace.accept(this::doubtTheOther);
        }
    }

    private void doubtTheOther() {
        doubting = false;
        if (isBeforeEpochOfRing()) {
            doubtfulCount = !doubtfulCount;
            called = disowned.get();
            tell();
            doubt();
        }
    }

    private boolean isBeforeFirstEpoch() {
        return state.version().epoch() == firstEpoch;
    }

    private boolean isBeforeEpochOfRing() {
        return state.version().epoch() == epochBeforeRing;
    }

    private boolean isDoubtful(NodeId node) {
        boolean addedOrRemoved =
                isBeforeFirstEpoch() && state.policy().node(node).isEmpty();
        return !node.equals(self.id()) && (addedOrRemoved || (isBeforeEpochOfRing() && called.contains(node)));
    }

    void stateChanged(ClusterState newState) {
        state = newState;
        if (!isBeforeEpochOfRing()) {
            called = Collections.emptySortedSet();
            doubtfulCount = true;
        }
        tell();
    }

    void ringChanged(Set<NodeId> newMembers) {
        members = newMembers;
        epochBeforeRing = state.version().epoch();
        tell();
        doubt();
    }

    /** Whether the cluster has a place for this node, by this state. */
    static boolean hasPlaceFor(NodeId node, ClusterState state) {
        return decided(state).containsKey(node);
    }

    private static SortedMap<NodeId, NodeSpec> decided(ClusterState state) {
        SortedMap<NodeId, NodeSpec> nodes = byId(state.policy().nodes());
        state.voters().change().ifPresent(change -> nodes.putAll(byId(change.nodes())));
        return nodes;
    }

    private void tell() {
        if (!begun) {
            return;
        }
        SortedMap<NodeId, NodeSpec> wanted = decided(state);
        wanted.putIfAbsent(self.id(), self);
        if (isBeforeFirstEpoch()) {
            configured.forEach(node -> wanted.putIfAbsent(node.id(), node));
        }
        wanted.keySet().removeIf(node -> !doubtfulCount && isDoubtful(node));
        leaving.removeAll(wanted.keySet());
        late.retainAll(leaving);
        told.forEach((id, node) -> {
            if (!wanted.containsKey(id) && members.contains(id) && mayStillLeave(id)) {
                wanted.put(id, node);
            }
        });
        if (!wanted.equals(told)) {
            told = wanted;
            CompletionStage<Void> unused = port.changeNodes(List.copyOf(wanted.values()))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            log.warn("the nodes of the ring can't be changed to {}", wanted.keySet(), failure);
                        }
                    });
        }
    }

    private boolean mayStillLeave(NodeId removed) {
        if (isBeforeFirstEpoch() || isDoubtful(removed)) {
            return false; // it is doubted, not told to leave
        }
        if (leaving.add(removed)) {
            afterGrace.accept(() -> {
                if (leaving.contains(removed)) {
                    late.add(removed);
                    tell();
                }
            });
        }
        return !late.contains(removed);
    }

    private static SortedMap<NodeId, NodeSpec> byId(Collection<NodeSpec> nodes) {
        TreeMap<NodeId, NodeSpec> byId = new TreeMap<>();
        nodes.forEach(node -> byId.put(node.id(), node));
        return byId;
    }
}
