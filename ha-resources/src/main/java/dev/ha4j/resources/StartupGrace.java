package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.state.ClusterState;
import java.util.OptionalLong;

/**
 * Nodes of a new cluster are not started at one instant. Who was never seen may be starting: it stands in the way of exclusive
 * roles as every lost node does, but is not fenced yet.
 */
final class StartupGrace {

    private StartupGrace() {}

    /** Until when the node is waited for; empty if it was seen, if an operator has it fenced, or if the time is over. */
    static OptionalLong endMillis(ClusterState state, NodeId node, long nowMillis) {
        boolean seen = state.node(node).incarnation().isPresent();
        if (seen || state.fencing().open().containsKey(node)) {
            return OptionalLong.empty();
        }
        ClusterOptions options = state.policy().options();
        long bornMillis = state.formedMillis() == 0 ? nowMillis : state.formedMillis();
        long endMillis = bornMillis + options.startupGrace().toMillis();
        return endMillis > nowMillis ? OptionalLong.of(endMillis) : OptionalLong.empty();
    }
}
