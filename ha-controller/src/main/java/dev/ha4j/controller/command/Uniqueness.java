package dev.ha4j.controller.command;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.PersistentMap;
import dev.ha4j.api.state.Presence;
import dev.ha4j.resources.LastRole;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A resource whose instances begin, or cease, to differ goes by other names from then on: nothing that goes by the old ones may be
 * active, and what is known of them is forgotten. Pure.
 */
final class Uniqueness {

    private Uniqueness() {}

    /** Primitives that go by other names in the policy to come, but for more or fewer numbers; also such as were removed before. */
    private static SortedSet<String> changed(ClusterState state, ClusterPolicy next) {
        TreeSet<String> changed = new TreeSet<>();
        state.policy()
                .primitives()
                .map(primitive -> primitive.id())
                .filter(name -> next.resource(name).isPresent())
                .filter(name -> isNumbered(state.policy(), name) != isNumbered(next, name))
                .forEach(changed::add);
        state.history()
                .keys()
                .map(OperationKey::resource)
                .filter(name -> isOther(name, next))
                .forEach(name -> changed.add(InstanceName.primitiveOf(name)));
        return changed;
    }

    private static boolean isNumbered(ClusterPolicy policy, String primitive) {
        return policy.cloneOf(primitive)
                .filter(clone -> clone.options().globallyUnique())
                .isPresent();
    }

    /** Whether nothing goes by such a name in the policy to come, while the primitive is there. */
    private static boolean isOther(String name, ClusterPolicy next) {
        InstanceName instance = InstanceName.parse(name);
        return next.resource(instance.primitive()).isPresent()
                && instance.number().isPresent() != isNumbered(next, instance.primitive());
    }

    /** Why the policy can't be replaced now; empty if nothing stands against it. */
    static Optional<String> refusal(ClusterState state, ClusterPolicy next) {
        SortedSet<String> changed = changed(state, next);
        return changed.isEmpty()
                ? granted(state, next)
                : lost(state, changed).or(() -> active(state, changed)).or(() -> granted(state, next));
    }

    private static Optional<String> lost(ClusterState state, SortedSet<String> changed) {
        return state.policy().nodes().stream()
                .map(NodeSpec::id)
                .filter(node -> state.node(node).presence() == Presence.LOST)
                .findFirst()
                .map(node -> "instances of " + changed + " can't begin or cease to differ while node " + node
                        + " is lost: they may be active there");
    }

    private static Optional<String> active(ClusterState state, SortedSet<String> changed) {
        return state.history()
                .keys()
                .filter(key -> changed.contains(InstanceName.primitiveOf(key.resource())))
                .filter(key -> LastRole.of(state, key.node(), key.resource()) != LastRole.STOPPED)
                .findFirst()
                .map(key -> key.resource() + " may be active on node " + key.node()
                        + ": stop it before its instances begin or cease to differ");
    }

    /** Of what was removed before its holder was lost, there may be nothing left but the grant. */
    private static Optional<String> granted(ClusterState state, ClusterPolicy next) {
        return state.terms().grants().stream()
                .filter(grant -> isOther(grant.getKey(), next))
                .filter(grant -> state.node(grant.getValue().holder()).presence() == Presence.LOST)
                .filter(grant -> Exclusivity.mayBeActive(state, grant.getValue().holder(), grant.getKey()))
                .findFirst()
                .map(grant -> grant.getKey() + " may be active on node "
                        + grant.getValue().holder()
                        + ", which is lost: its instances can't begin or cease to differ before its end is proven");
    }

    /** The history of what goes by other names from now on is left out. */
    static PersistentMap<OperationKey, OperationRecord> history(ClusterState state, ClusterPolicy next) {
        SortedSet<String> changed = changed(state, next);
        return changed.isEmpty()
                ? state.history()
                : state.history().removeIf((key, run) -> changed.contains(InstanceName.primitiveOf(key.resource())));
    }
}
