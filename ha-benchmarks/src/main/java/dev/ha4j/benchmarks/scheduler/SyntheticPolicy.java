package dev.ha4j.benchmarks.scheduler;

import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.location;
import static dev.ha4j.api.config.Constraints.order;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.ColocationConstraint;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.LocationConstraint;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OrderConstraint;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.ResourceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The same made-up cluster as a running one is configured. */
final class SyntheticPolicy {

    private static final Duration FENCING_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration MONITOR_INTERVAL = Duration.ofSeconds(10);
    private static final int STICKINESS = 100;

    private final SyntheticCluster cluster;

    private SyntheticPolicy(SyntheticCluster cluster) {
        this.cluster = cluster;
    }

    static ClusterPolicy of(SyntheticCluster cluster) {
        return new SyntheticPolicy(cluster).policy();
    }

    private ClusterPolicy policy() {
        List<NodeSpec> nodes = new ArrayList<>();
        for (int node = 0; node < cluster.nodeCount(); node++) {
            nodes.add(NodeSpec.of(node + 1, cluster.nodeName(node), "10.0.0." + (node + 1)));
        }
        return new ClusterPolicy(
                "benchmark",
                nodes,
                QuorumOptions.DEFAULTS,
                ClusterOptions.DEFAULTS.withDefaultStickiness(STICKINESS),
                cluster.units.stream().map(SyntheticPolicy::resource).toList(),
                constraints(),
                nodes.stream()
                        .map(node -> new FencePath(
                                "bmc-" + node.name(),
                                new TreeSet<>(List.of(node.name())),
                                ProofLevel.POWER_VERIFIED,
                                FENCING_TIMEOUT))
                        .toList());
    }

    private static ResourceSpec resource(SyntheticCluster.Unit unit) {
        List<Primitive> primitives = unit.primitives.stream()
                .map(id -> Primitive.of(id).monitorEvery(MONITOR_INTERVAL))
                .toList();
        return primitives.size() == 1 ? primitives.get(0) : new Group(unit.id, MetaOptions.DEFAULTS, primitives);
    }

    private List<Constraint> constraints() {
        List<Constraint> all = new ArrayList<>();
        for (SyntheticCluster.Unit unit : cluster.units) {
            LocationConstraint location = location(unit.id);
            for (int i = 0; i < unit.preferred.size(); i++) {
                location = location.prefers(cluster.nodeName(unit.preferred.get(i)), 80 - 30 * i);
            }
            if (!unit.preferred.isEmpty()) {
                all.add(location);
            }
        }
        cluster.together.forEach(pair -> all.add(together(pair)));
        cluster.apart.forEach(pair -> all.add(colocate(pair.unit().id).apartFrom(pair.other().id)));
        cluster.together.forEach(pair -> all.add(order(pair.other().id).then(pair.unit().id)));
        cluster.after.forEach(
                pair -> all.add(order(pair.other().id).then(pair.unit().id).kind(OrderConstraint.Kind.OPTIONAL)));
        return all;
    }

    private static ColocationConstraint together(SyntheticCluster.Pair pair) {
        ColocationConstraint mandatory = colocate(pair.unit().id).with(pair.other().id);
        return pair.score().equals("INFINITY") ? mandatory : mandatory.score(Integer.parseInt(pair.score()));
    }
}
