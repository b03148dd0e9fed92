package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import java.util.Optional;

/**
 * Whether a lost node can be active in the exclusive role of a resource at all. It gets there only by an order, and no order is
 * given while another node may be active; so it can be, if its history does not end with a confirmed stop, or, where the history
 * was forgotten, if the last grant was for the life in which it was lost. A node of which nothing is known can be. Planner and
 * guard ask both. Pure; for any thread.
 */
public final class LastHolder {

    private LastHolder() {}

    /**
     * Whether the node, which is lost, may be active in the role, if nothing is proven of its end.
     *
     * @param resource name of the primitive, or of its instance ({@link InstanceName})
     */
    public static boolean mayBe(ClusterState state, NodeId lost, String resource) {
        if (isOutOfDate(state, lost)) {
            return true;
        }
        NodeStatus status = state.node(lost);
        if (status.incarnation().isEmpty()) {
            return state.policy().options().startupFencing();
        }
        return switch (LastRole.of(state, lost, resource)) {
            case UNKNOWN ->
                isManyfold(state.policy(), resource)
                        ? status.implemented().contains(InstanceName.primitiveOf(resource))
                        : wasGranted(state, lost, resource);
            case STOPPED, HANDED_OVER -> false;
            case STARTED -> holdsOnceStarted(state.policy(), resource);
            case PROMOTED -> true;
        };
    }

    private static boolean holdsOnceStarted(ClusterPolicy policy, String resource) {
        return policy.isSingle(resource);
    }

    /** The state may be older than what the node last did: an operator let the cluster go on without it. */
    private static boolean isOutOfDate(ClusterState state, NodeId lost) {
        return state.voters()
                .unblocking()
                .filter(word -> word.absent().contains(lost))
                .isPresent();
    }

    private static boolean wasGranted(ClusterState state, NodeId node, String resource) {
        return state.terms()
                .grants()
                .get(resource)
                .filter(grant -> grant.holder().equals(node)
                        && state.node(node).incarnation().equals(Optional.of(grant.incarnation())))
                .isPresent();
    }

    /** Of several holders at a time the last grant names only one. */
    private static boolean isManyfold(ClusterPolicy policy, String resource) {
        return !policy.isSingle(resource)
                && policy.cloneOf(InstanceName.primitiveOf(resource))
                        .filter(clone -> clone.options().promotedMax() > 1)
                        .isPresent();
    }
}
