package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
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

    /** Primitives that go by other names in the policy to come, but for more or fewer numbers. */
    private static SortedSet<String> changed(ClusterPolicy now, ClusterPolicy next) {
        TreeSet<String> changed = new TreeSet<>();
        now.primitives()
                .map(primitive -> primitive.id())
                .filter(name -> next.resource(name).isPresent() && isNumbered(now, name) != isNumbered(next, name))
                .forEach(changed::add);
        return changed;
    }

    private static boolean isNumbered(ClusterPolicy policy, String primitive) {
        return policy.cloneOf(primitive)
                .filter(clone -> clone.options().globallyUnique())
                .isPresent();
    }

    /** Why the policy can't be replaced now; empty if nothing stands against it. */
    static Optional<String> refusal(ClusterState state, ClusterPolicy next) {
        SortedSet<String> changed = changed(state.policy(), next);
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        Optional<NodeId> lost = state.policy().nodes().stream()
                .map(NodeSpec::id)
                .filter(node -> state.node(node).presence() == Presence.LOST)
                .findFirst();
        if (lost.isPresent()) {
            return Optional.of("instances of " + changed + " can't begin or cease to differ while node " + lost.get()
                    + " is lost: they may be active there");
        }
        return state.history()
                .keys()
                .filter(key -> changed.contains(InstanceName.primitiveOf(key.resource())))
                .filter(key -> LastRole.of(state, key.node(), key.resource()) != LastRole.STOPPED)
                .findFirst()
                .map(key -> key.resource() + " may be active on node " + key.node()
                        + ": stop it before its instances begin or cease to differ");
    }

    /** The history of what goes by other names from now on is left out. */
    static PersistentMap<OperationKey, OperationRecord> history(ClusterState state, ClusterPolicy next) {
        SortedSet<String> changed = changed(state.policy(), next);
        return changed.isEmpty()
                ? state.history()
                : state.history().removeIf((key, run) -> changed.contains(InstanceName.primitiveOf(key.resource())));
    }
}
