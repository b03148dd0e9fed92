package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.resources.config.RuntimeFacts;
import dev.ha4j.resources.config.RuntimeFacts.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which lost nodes stand against a takeover, and whom the cluster has fenced. */
final class TakeoverFacts {

    private final ClusterState state;
    private final long nowMillis;
    private final Map<NodeId, String> nodes;
    private final Map<NodeId, List<FencePath>> paths = new TreeMap<>();
    private final Map<NodeId, String> reasons = new TreeMap<>();
    private final List<Obstacle> obstacles = new ArrayList<>();
    private final Blockages blockages;
    private OptionalLong graceEndMillis = OptionalLong.empty();

    TakeoverFacts(ClusterState state, long nowMillis, Map<NodeId, String> nodes, Blockages blockages) {
        this.state = state;
        this.nowMillis = nowMillis;
        this.nodes = nodes;
        this.blockages = blockages;
        nodes.forEach((id, name) -> paths.put(id, state.policy().fencePaths(name)));
    }

    /** Finds what stands against the primitives that are to run and may be touched. */
    void collect(Map<String, ConfiguredPrimitive> primitives) {
        if (Exclusivity.lost(state).isEmpty()) {
            return;
        }
        for (ConfiguredPrimitive primitive : primitives.values()) {
            boolean concerned = primitive.exclusiveOperation().isPresent()
                    && primitive.isWanted()
                    && primitive.isManaged()
                    && !state.policy().options().maintenance();
            if (concerned) {
                primitive.instances().forEach(instance -> guard(primitive, instance));
            }
        }
    }

    /** When the last of the nodes that are awaited now is not awaited any more. */
    OptionalLong graceEndMillis() {
        return graceEndMillis;
    }

    List<Obstacle> obstacles() {
        return obstacles;
    }

    SortedMap<String, RuntimeFacts.Fencing> fencing(TranslatedPolicy policy) {
        TreeMap<String, RuntimeFacts.Fencing> fencing = new TreeMap<>();
        nodes.forEach((id, name) -> fencing.put(
                name,
                new RuntimeFacts.Fencing(
                        reasons.get(id),
                        impossible(id),
                        state.fencing().open().containsKey(id),
                        policy.insufficientFor(name))));
        return fencing;
    }

    private @Nullable String impossible(NodeId node) {
        if (!state.policy().options().fencingEnabled()) {
            return "fencing is disabled";
        }
        return pathsOf(node).isEmpty() ? "no fence device can reach it" : null;
    }

    /** The exclusive role waits for the end of each lost node that may still have it; the others are fenced all the same. */
    private void guard(ConfiguredPrimitive primitive, String instance) {
        MetaOptions meta = primitive.spec().meta();
        for (NodeId id : Exclusivity.threats(state, instance, meta)) {
            obstacles.add(new Obstacle(instance, nameOf(id), wall(id, primitive, instance)));
        }
        for (NodeId id : Exclusivity.suspects(state, instance, meta)) {
            if (canUnlock(id, meta)) {
                reasons.putIfAbsent(id, "it is lost, and could run " + primitive.name());
            }
        }
    }

    /** Why nothing can be done now about a lost node that may still be active; null if fencing it ends that. */
    private @Nullable String wall(NodeId node, ConfiguredPrimitive primitive, String instance) {
        boolean promotes = primitive.exclusiveOperation().equals(Optional.of(OperationName.PROMOTE));
        String cant = instance + " can't be " + (promotes ? "promoted" : "started") + ": node " + nameOf(node);
        if (isAwaited(node)) {
            return cant + " was never seen and may be starting; it is fenced if it is not here "
                    + state.policy().options().startupGrace().toSeconds()
                    + " s after this cluster had quorum for the first time (startupGrace)";
        }
        MetaOptions meta = primitive.spec().meta();
        String reason =
                cant + " is lost and not proven down (needs " + meta.requires() + ", " + lastWord(node, meta) + ")";
        if (!canUnlock(node, meta)) {
            return reason;
        }
        if (state.fencing().open().containsKey(node)) {
            blockages.add(instance, reason);
        }
        reasons.put(node, instance + " may still be active there");
        return null;
    }

    private boolean isAwaited(NodeId node) {
        OptionalLong end = StartupGrace.endMillis(state, node, nowMillis);
        if (end.isPresent()) {
            graceEndMillis = OptionalLong.of(Math.min(end.getAsLong(), graceEndMillis.orElse(Long.MAX_VALUE)));
        }
        return end.isPresent();
    }

    private boolean canUnlock(NodeId node, MetaOptions meta) {
        return state.policy().options().fencingEnabled()
                && StartupGrace.endMillis(state, node, nowMillis).isEmpty()
                && pathsOf(node).stream().anyMatch(path -> path.proofLevel().satisfies(meta.requires()));
    }

    private String lastWord(NodeId node, MetaOptions meta) {
        Optional<FenceOperation> open = state.fencing().open().get(node);
        if (open.isPresent()) {
            String reason = open.get().lastReason();
            return "fencing by " + open.get().deviceId() + (reason.isEmpty() ? " is under way" : ": " + reason);
        }
        if (meta.requires() == ProofLevel.SELF_LEASE) {
            return "its lease has not provably run out";
        }
        if (!state.policy().options().fencingEnabled()) {
            return "fencing is disabled";
        }
        List<String> devices = pathsOf(node).stream().map(FencePath::deviceId).toList();
        return devices.isEmpty()
                ? "no fence device can reach it"
                : "its fence devices " + devices + " don't prove " + meta.requires();
    }

    private List<FencePath> pathsOf(NodeId node) {
        return paths.getOrDefault(node, List.of());
    }

    private String nameOf(NodeId node) {
        return Objects.requireNonNull(nodes.get(node));
    }

    /** What operations go by against which a lost node stands that can't be fenced now. */
    static Set<String> walled(List<Obstacle> obstacles) {
        Set<String> walled = new TreeSet<>();
        obstacles.stream()
                .filter(obstacle -> obstacle.wall() != null)
                .forEach(obstacle -> walled.add(obstacle.primitive()));
        return walled;
    }
}
