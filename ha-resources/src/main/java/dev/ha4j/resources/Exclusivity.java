package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
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
    public static SortedSet<NodeId> threats(ClusterState state, String resource) {
        return state.policy()
                .resource(InstanceName.primitiveOf(resource))
                .filter(Primitive.class::isInstance)
                .map(spec -> threats(state, resource, spec.meta()))
                .orElseGet(TreeSet::new);
    }

    /** The lost nodes that may be active in the primitive's exclusive role, and are not proven down as it demands. */
    static SortedSet<NodeId> threats(ClusterState state, String resource, MetaOptions meta) {
        SortedSet<NodeId> threats = unproven(state, meta);
        threats.removeIf(id -> !LastHolder.mayBe(state, id, resource));
        return threats;
    }

    /** Whether this lost node is one of {@link #threats}. */
    static boolean isThreat(ClusterState state, NodeId node, String resource, MetaOptions meta) {
        return isUnproven(state, node, meta) && LastHolder.mayBe(state, node, resource);
    }

    /** The lost nodes that can run the primitive and are not proven down as it demands: to be fenced, if not to be waited for. */
    static SortedSet<NodeId> suspects(ClusterState state, String resource, MetaOptions meta) {
        SortedSet<NodeId> suspects = unproven(state, meta);
        suspects.removeIf(id -> !state.node(id).implemented().contains(InstanceName.primitiveOf(resource))
                && !LastHolder.mayBe(state, id, resource));
        return suspects;
    }

    private static SortedSet<NodeId> unproven(ClusterState state, MetaOptions meta) {
        SortedSet<NodeId> lost = lost(state);
        lost.removeIf(id -> state.node(id).proof().unlocks(meta));
        return lost;
    }

    /** Who is not here and did not leave. */
    static SortedSet<NodeId> lost(ClusterState state) {
        TreeSet<NodeId> lost = new TreeSet<>();
        state.nodes().forEach(node -> {
            if (node.getValue().presence() == Presence.LOST) {
                lost.add(node.getKey());
            }
        });
        for (NodeSpec node : state.policy().nodes()) {
            if (state.node(node.id()).presence() == Presence.LOST) {
                lost.add(node.id());
            }
        }
        return lost;
    }

    private static boolean isUnproven(ClusterState state, NodeId node, MetaOptions meta) {
        return state.node(node).presence() == Presence.LOST
                && !state.node(node).proof().unlocks(meta);
    }
}
