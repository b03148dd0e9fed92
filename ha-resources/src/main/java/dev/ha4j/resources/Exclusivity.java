package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which lost nodes may still be active in the exclusive role of a primitive. The planner asks before it plans a takeover, and
 * who applies the grant of a term asks again. May be called from any thread.
 */
public final class Exclusivity {

    private Exclusivity() {}

    /**
     * The lost nodes whose end is not proven well enough for the primitive to become active in its exclusive role elsewhere.
     */
    public static SortedSet<NodeId> threats(ClusterState state, String primitive) {
        return state.policy()
                .resource(primitive)
                .filter(Primitive.class::isInstance)
                .map(spec -> threats(state, primitive, spec.meta()))
                .orElseGet(TreeSet::new);
    }

    /** The lost nodes that can run the primitive, or were never asked, and are not proven down as it demands. */
    static SortedSet<NodeId> threats(ClusterState state, String primitive, MetaOptions meta) {
        TreeSet<NodeId> lost = new TreeSet<>();
        state.nodes().keys().forEach(lost::add);
        state.policy().nodes().forEach(node -> lost.add(node.id()));
        lost.removeIf(id -> !isThreat(state, id, primitive, meta));
        return lost;
    }

    private static boolean isThreat(ClusterState state, NodeId id, String primitive, MetaOptions meta) {
        NodeStatus status = state.node(id);
        return status.presence() == Presence.LOST
                && mayRun(status, primitive, state)
                && !status.proof().unlocks(meta);
    }

    private static boolean mayRun(NodeStatus status, String primitive, ClusterState state) {
        boolean neverSeen = status.incarnation().isEmpty();
        return neverSeen
                ? state.policy().options().startupFencing()
                : status.implemented().contains(primitive);
    }
}
