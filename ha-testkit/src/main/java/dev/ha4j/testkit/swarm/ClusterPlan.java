package dev.ha4j.testkit.swarm;

import static java.time.Duration.ofSeconds;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.Constraints;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.PlacementStrategy;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.testkit.world.ProductionNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The cluster of a seed: two to five nodes, and a resource for each kind of protection. */
public final class ClusterPlan {

    /** Names of the primitives, in the order in which faults number them. */
    public static final List<String> PRIMITIVES = List.of("ledger", "gateway", "batch", "feed", "pg");

    /** A clone of which some clusters have instances that differ. */
    static final String SHARD = "shard";

    /** More than some clusters have nodes. */
    private static final int SHARDS = 4;

    /** What faults can be about, in the order in which they number it. */
    public static final List<String> TARGETS = Stream.concat(
                    PRIMITIVES.stream(), CloneOptions.unique(SHARDS).instances(SHARD).stream())
            .toList();

    /** Names of all primitives that a cluster may have. */
    static final List<String> KNOWN =
            Stream.concat(PRIMITIVES.stream(), Stream.of(SHARD)).toList();

    /** Without it, some of a cluster {@linkplain #withRules with rules} stands still. */
    static final String TICKET = "site";

    /** The parameter that operators change; in a cluster with rules by a reload, else by a restart. */
    static final String CHANGING = "changed";

    private static final Duration FENCE_TIMEOUT = ofSeconds(10);

    private ClusterPlan() {}

    static ClusterPolicy draw(SplittableRandom random, boolean simple) {
        int nodes = simple || random.nextInt(3) > 0 ? 3 : 4 + random.nextInt(2);
        boolean waitForAll = !simple && random.nextInt(5) == 0;
        return policy(new Voters(nodes, waitForAll, false), PRIMITIVES);
    }

    /** Two to five nodes, some with a witness. */
    static ClusterPolicy drawForQuorum(SplittableRandom random) {
        int nodes = 2 + random.nextInt(4);
        boolean witness = random.nextInt(4) == 0;
        boolean lastManStanding = !witness && random.nextInt(3) == 0;
        boolean waitForAll = lastManStanding || random.nextInt(4) == 0;
        boolean downscale = !witness && random.nextInt(3) == 0;
        int witnessVotes = !witness ? 0 : random.nextBoolean() ? 1 : nodes - 1;
        return policy(new Voters(nodes, waitForAll, witnessVotes, lastManStanding, downscale), PRIMITIVES);
    }

    /** Two or four nodes that share a witness. */
    static ClusterPolicy drawWithWitness(SplittableRandom random) {
        int nodes = random.nextInt(3) > 0 ? 2 : 4;
        return policy(new Voters(nodes, random.nextInt(4) == 0, true), PRIMITIVES);
    }

    /**
     * Who votes, and how.
     *
     * @param nodes how many there are
     * @param waitForAll whether the first quorum needs all of them
     * @param witnessVotes of a quorum device; 0 without one, and then an even number has a tie breaker
     * @param lastManStanding whether who is missing for ten seconds is no longer expected; needs {@code waitForAll}
     * @param downscale whether who leaves cleanly is no longer expected
     */
    public record Voters(int nodes, boolean waitForAll, int witnessVotes, boolean lastManStanding, boolean downscale) {

        /** Of whom as many are expected as there are. */
        public Voters(int nodes, boolean waitForAll, boolean witness) {
            this(nodes, waitForAll, witness ? 1 : 0, false, false);
        }

        /** As many as that. */
        public Voters among(int fewer) {
            int votes = Math.min(witnessVotes, Math.max(1, fewer - 1));
            return new Voters(fewer, waitForAll, votes, lastManStanding, downscale);
        }

        /** Whether a quorum device votes too. */
        public boolean witness() {
            return witnessVotes > 0;
        }

        /** Who don't wait for all, and are all expected. */
        public Voters withoutWaiting() {
            return new Voters(nodes, false, witnessVotes, false, false);
        }

        /** Of a cluster that was planned here. */
        public static Voters of(ClusterPolicy policy) {
            QuorumOptions quorum = policy.quorum();
            return new Voters(
                    policy.nodes().size(),
                    quorum.waitForAll(),
                    quorum.deviceVotes(policy.nodes()),
                    quorum.lastManStanding().isPresent(),
                    quorum.allowDownscale());
        }

        private QuorumOptions quorum() {
            QuorumOptions base = waitForAll ? QuorumOptions.DEFAULTS.withWaitForAll() : QuorumOptions.DEFAULTS;
            if (witness()) {
                return base.withDevice(QuorumDeviceOptions.DEFAULTS.withVotes(witnessVotes));
            }
            QuorumOptions tied = nodes % 2 == 0 || lastManStanding ? base.withTieBreaker(TieBreaker.LOWEST) : base;
            QuorumOptions shrinking = lastManStanding ? tied.withLastManStanding(QuorumOptions.DEFAULT_WINDOW) : tied;
            return downscale ? shrinking.withAllowDownscale() : shrinking;
        }
    }

    /**
     * The cluster of these voters.
     *
     * @param primitives some of {@link #PRIMITIVES}, and {@link #SHARD}
     * @throws IllegalArgumentException if one of them is unknown
     */
    public static ClusterPolicy policy(Voters voters, Collection<String> primitives) {
        if (!KNOWN.containsAll(primitives)) {
            throw new IllegalArgumentException("there are the resources " + KNOWN + ", not all of " + primitives);
        }
        List<NodeSpec> specs = new ArrayList<>();
        for (int id = 1; id <= voters.nodes(); id++) {
            specs.add(NodeSpec.of(id, String.valueOf((char) ('a' + id - 1)), "10.0.0." + id));
        }
        return new ClusterPolicy(
                "sim",
                specs,
                voters.quorum(),
                ClusterOptions.DEFAULTS.withDefaultStickiness(100).withFencingTimeout(FENCE_TIMEOUT),
                resources(primitives),
                constraints(primitives),
                specs.stream().map(ClusterPlan::powerSwitch).toList());
    }

    /** The same cluster with a resource that has more instances than it may have nodes, each in a term of its own. */
    static ClusterPolicy withShards(ClusterPolicy policy) {
        return policy(Voters.of(policy), KNOWN);
    }

    /** The same cluster with instances of {@code pg} that hear of each other. */
    public static ClusterPolicy withNotices(ClusterPolicy policy) {
        return policy.withResources(policy.resources().stream()
                .map(resource ->
                        resource instanceof Clone clone && clone.options().promotable()
                                ? new Clone(
                                        clone.id(),
                                        clone.meta(),
                                        clone.child(),
                                        clone.options().withNotifications())
                                : resource)
                .toList());
    }

    public static boolean hasNotices(ClusterPolicy policy) {
        return policy.isNotified("pg");
    }

    static boolean hasShards(ClusterPolicy policy) {
        return policy.resource(SHARD).isPresent();
    }

    /**
     * The same cluster with a ticket that some of its resources need, room that all of them need, of which each node has enough for
     * all, parameters that are reloaded, live migration, and an eye on the health of nodes.
     */
    public static ClusterPolicy withRules(ClusterPolicy policy) {
        List<Constraint> constraints = new ArrayList<>(policy.constraints());
        if (policy.resource("batch").isPresent()) {
            constraints.add(Constraints.ticket(TICKET).guards("batch"));
        }
        if (policy.resource("pg").isPresent()) {
            constraints.add(Constraints.ticket(TICKET).guards("pg", Role.PROMOTED));
        }
        List<ResourceSpec> weighed = policy.resources().stream()
                .map(resource -> resource instanceof Primitive primitive
                        ? primitive
                                .uses("room", 2)
                                .parameter(CHANGING, "v0")
                                .reloadable(CHANGING)
                                .migratable()
                        : resource)
                .toList();
        List<NodeSpec> roomy =
                policy.nodes().stream().map(node -> node.capacity("room", 10)).toList();
        return policy.withVoters(roomy, policy.quorum(), policy.fencing())
                .withResources(weighed)
                .withConstraints(constraints)
                .withOptions(policy.options()
                        .withPlacement(PlacementStrategy.BALANCED)
                        .withHealth(HealthOptions.of(HealthOptions.Strategy.MIGRATE_ON_RED)));
    }

    public static boolean hasRules(ClusterPolicy policy) {
        return policy.options().placement() == PlacementStrategy.BALANCED;
    }

    private static List<ResourceSpec> resources(Collection<String> primitives) {
        return Stream.<ResourceSpec>of(
                        Primitive.of("ledger")
                                .requires(ProofLevel.RESOURCE_TOKEN)
                                .monitorEvery(ofSeconds(10)),
                        Primitive.of("gateway")
                                .requires(ProofLevel.POWER_VERIFIED)
                                .monitorEvery(ofSeconds(10)),
                        Primitive.of("batch").requires(ProofLevel.SELF_LEASE).monitorEvery(ofSeconds(20)),
                        Primitive.of("feed").requires(ProofLevel.POWER_VERIFIED),
                        Clone.of(
                                Primitive.of("pg")
                                        .requires(ProofLevel.POWER_VERIFIED)
                                        .monitorEvery(ofSeconds(15)),
                                CloneOptions.ONE_PROMOTED),
                        Clone.of(
                                Primitive.of(SHARD)
                                        .requires(ProofLevel.POWER_VERIFIED)
                                        .monitorEvery(ofSeconds(15)),
                                CloneOptions.unique(SHARDS)))
                .filter(resource -> primitives.contains(nameOf(resource)))
                .toList();
    }

    private static String nameOf(ResourceSpec resource) {
        return resource instanceof Clone clone ? clone.child().id() : resource.id();
    }

    private static List<Constraint> constraints(Collection<String> primitives) {
        if (!primitives.containsAll(List.of("gateway", "feed"))) {
            return List.of();
        }
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
