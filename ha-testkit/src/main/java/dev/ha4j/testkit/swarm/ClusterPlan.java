package dev.ha4j.testkit.swarm;

import static java.time.Duration.ofSeconds;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.Constraints;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.testkit.world.ProductionNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The cluster of a seed: three to five nodes, and a resource for each kind of protection. */
final class ClusterPlan {

    /** Names of the primitives, in the order in which faults number them. */
    static final List<String> PRIMITIVES = List.of("ledger", "gateway", "batch", "feed", "pg");

    private static final Duration FENCE_TIMEOUT = ofSeconds(10);

    private ClusterPlan() {}

    static ClusterPolicy draw(SplittableRandom random, boolean simple) {
        int nodes = simple || random.nextInt(3) > 0 ? 3 : 4 + random.nextInt(2);
        boolean waitForAll = !simple && random.nextInt(5) == 0;
        List<NodeSpec> specs = new ArrayList<>();
        for (int id = 1; id <= nodes; id++) {
            specs.add(NodeSpec.of(id, String.valueOf((char) ('a' + id - 1)), "10.0.0." + id));
        }
        return new ClusterPolicy(
                "sim",
                specs,
                new QuorumOptions(OptionalInt.empty(), waitForAll),
                ClusterOptions.DEFAULTS.withDefaultStickiness(100).withFencingTimeout(FENCE_TIMEOUT),
                resources(),
                constraints(),
                specs.stream().map(ClusterPlan::powerSwitch).toList());
    }

    private static List<ResourceSpec> resources() {
        return List.of(
                Primitive.of("ledger").requires(ProofLevel.RESOURCE_TOKEN).monitorEvery(ofSeconds(10)),
                Primitive.of("gateway").requires(ProofLevel.POWER_VERIFIED).monitorEvery(ofSeconds(10)),
                Primitive.of("batch").requires(ProofLevel.SELF_LEASE).monitorEvery(ofSeconds(20)),
                Primitive.of("feed").requires(ProofLevel.POWER_VERIFIED),
                Clone.of(
                        Primitive.of("pg").requires(ProofLevel.POWER_VERIFIED).monitorEvery(ofSeconds(15)),
                        CloneOptions.ONE_PROMOTED));
    }

    private static List<Constraint> constraints() {
        return List.of(
                Constraints.colocate("feed").with("gateway"),
                Constraints.order("gateway").then("feed"));
    }

    private static FencePath powerSwitch(NodeSpec node) {
        return new FencePath(
                ProductionNodes.powerSwitchOf(node.name()),
                new TreeSet<>(List.of(node.name())),
                ProofLevel.POWER_VERIFIED,
                FENCE_TIMEOUT);
    }
}
