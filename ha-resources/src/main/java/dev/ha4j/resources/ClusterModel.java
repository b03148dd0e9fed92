package dev.ha4j.resources;

import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OrderConstraint;
import dev.ha4j.api.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that a plan is made from and in. It is made anew for each plan, and changed by the phases in their order. */
final class ClusterModel {

    final ClusterState state;
    final ClusterOptions options;
    final long nowMillis;

    /** By rising id. */
    final List<NodeModel> nodes;

    /** Resources at the top, those of higher priority first. */
    final List<ResourceModel> resources = new ArrayList<>();

    /** By the names that constraints use: a clone's child stands for the clone. */
    final Map<String, ResourceModel> byName = new LinkedHashMap<>();

    /** What is known of each primitive, by its name, then by index of the node; in order of the names. */
    final TreeMap<String, LocalState[]> states = new TreeMap<>();

    final Blockages blockages = new Blockages();
    final Steps steps = new Steps();

    private @Nullable Long recheckMillis;

    ClusterModel(ClusterState state, Instant now, List<NodeModel> nodes) {
        this.state = state;
        this.options = state.policy().options();
        this.nowMillis = now.toEpochMilli();
        this.nodes = List.copyOf(nodes);
    }

    List<PrimitiveModel> leaves() {
        return resources.stream().flatMap(ResourceModel::leaves).toList();
    }

    Optional<ResourceModel> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<OrderConstraint> orders() {
        return state.policy().constraints().stream()
                .filter(OrderConstraint.class::isInstance)
                .map(OrderConstraint.class::cast)
                .toList();
    }

    /** Whether resources are touched: not while an operator maintains the cluster. */
    boolean manages(PrimitiveModel leaf) {
        return !options.maintenance() && leaf.isManaged();
    }

    /** Asks for a new plan at this time, if none is asked for earlier. */
    void recheckAt(long millis) {
        recheckMillis = recheckMillis == null ? millis : Math.min(recheckMillis, millis);
    }

    Optional<Instant> recheckAt() {
        return Optional.ofNullable(recheckMillis).map(Instant::ofEpochMilli);
    }

    static String lower(OperationName operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }
}
