package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.resources.LastHolder;
import dev.ha4j.resources.LastRole;
import java.util.Optional;

/** Guarantee 3: who has to be over before a node may be active in an exclusive role. Pure. */
public final class Exclusivity {

    private Exclusivity() {}

    /** Whether this operation takes an exclusive role: the start of what is one of its kind, or a promotion. */
    public static boolean isExclusive(ClusterPolicy policy, String resource, OperationName operation) {
        boolean starts = operation == OperationName.START || operation == OperationName.MIGRATE_FROM;
        return operation == OperationName.PROMOTE || (starts && policy.isSingle(resource));
    }

    /** Whether there is such a thing: each instance that differs from others by its number, and nothing else by one. */
    static boolean isKnown(ClusterPolicy policy, String resource) {
        return policy.instances(InstanceName.primitiveOf(resource)).contains(resource);
    }

    /** Why the role can't be granted to the holder; empty if nothing stands against it. */
    public static Optional<String> refusal(ClusterState state, String resource, NodeId holder) {
        int others = 0;
        Optional<String> first = Optional.empty();
        for (var entry : state.nodes()) {
            if (!entry.getKey().equals(holder) && mayBeActive(state, entry.getKey(), resource)) {
                others++;
                first = first.or(() -> Optional.of(describe(state, entry.getKey(), resource)));
            }
        }
        return others < permitted(state.policy(), resource) ? Optional.empty() : first;
    }

    /** Whether the node might still be active in the exclusive role, as far as is proven. */
    static boolean mayBeActive(ClusterState state, NodeId node, String resource) {
        NodeStatus status = state.node(node);
        return switch (status.presence()) {
            case MEMBER -> memberMayBeActive(state, node, resource);
            case LEFT_CLEANLY -> false;
            case LOST -> lostMayBeActive(state, node, resource);
        };
    }

    private static boolean memberMayBeActive(ClusterState state, NodeId node, String resource) {
        LastRole role = LastRole.of(state, node, resource);
        if (role == LastRole.UNKNOWN) {
            return state.node(node).implemented().contains(InstanceName.primitiveOf(resource));
        }
        return state.policy().isSingle(resource)
                ? role != LastRole.STOPPED && role != LastRole.HANDED_OVER
                : role == LastRole.PROMOTED;
    }

    private static boolean lostMayBeActive(ClusterState state, NodeId lost, String resource) {
        MetaOptions meta = metaOf(state.policy(), InstanceName.primitiveOf(resource));
        return LastHolder.mayBe(state, lost, resource)
                && !state.node(lost).proof().unlocks(meta);
    }

    private static String describe(ClusterState state, NodeId node, String resource) {
        String name = state.policy().nameOf(node);
        return state.node(node).isMember()
                ? resource + " may still be active on " + name
                : resource + " may still be active on " + name + ", which is lost and not proven down";
    }

    private static int permitted(ClusterPolicy policy, String resource) {
        return policy.cloneOf(InstanceName.primitiveOf(resource))
                .filter(clone -> !policy.isSingle(resource))
                .map(clone -> Math.max(1, clone.options().promotedMax()))
                .orElse(1);
    }

    /** Options that count for a primitive: of the outermost resource that contains it, as far as they demand more. */
    static MetaOptions metaOf(ClusterPolicy policy, String primitive) {
        return policy.primitives()
                .filter(candidate -> candidate.id().equals(primitive))
                .map(Primitive::meta)
                .findFirst()
                .orElse(MetaOptions.DEFAULTS);
    }
}
