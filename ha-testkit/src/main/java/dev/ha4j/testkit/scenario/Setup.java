package dev.ha4j.testkit.scenario;

import static java.time.Duration.ofSeconds;

import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Resource;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterConfigBuilder;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.FenceDeviceSpec;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.PromotableSpec;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.testkit.world.Network;
import dev.ha4j.testkit.world.ProductionNodes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a simulated cluster is made of, until it is started. */
final class Setup {

    private static final AuthKey KEY = AuthKey.of(new byte[AuthKey.KEY_BYTES]);

    /** A leadership that every node stands for. */
    record Candidacy(LeadershipOptions options, Supplier<? extends LeadershipListener> listener) {}

    private final int nodes;
    private final long seed;
    private final boolean fencing;
    private final List<Constraint> constraints = new ArrayList<>();
    private final Map<String, ResourceSpec> specs = new LinkedHashMap<>();
    private final Map<String, Supplier<? extends Resource>> resources = new LinkedHashMap<>();
    private final Map<String, IntFunction<? extends Resource>> numbered = new LinkedHashMap<>();
    private final List<String> instances = new ArrayList<>();
    private final Map<String, Candidacy> leaderships = new LinkedHashMap<>();
    private @Nullable ClusterConfig given;

    Setup(int nodes, long seed, boolean fencing) {
        if (nodes < 1 || nodes > Network.MAX_NODES) {
            throw new IllegalArgumentException(
                    "a simulated cluster has 1 to " + Network.MAX_NODES + " nodes, not " + nodes);
        }
        this.nodes = nodes;
        this.seed = seed;
        this.fencing = fencing;
    }

    long seed() {
        return seed;
    }

    Map<String, Supplier<? extends Resource>> resources() {
        return resources;
    }

    /** What makes instances that differ, by name of their primitive. */
    Map<String, IntFunction<? extends Resource>> numbered() {
        return numbered;
    }

    Map<String, Candidacy> leaderships() {
        return leaderships;
    }

    /** Names of all that is hosted. */
    List<String> names() {
        return Stream.of(resources.keySet(), numbered.keySet(), instances, leaderships.keySet())
                .flatMap(Collection::stream)
                .toList();
    }

    /** Numbers that a running cluster was given later count as well. */
    boolean isHosted(String name) {
        return names().contains(name) || numbered.containsKey(InstanceName.primitiveOf(name));
    }

    void configure(ClusterConfig config) {
        if (!names().isEmpty() || !constraints.isEmpty()) {
            throw new IllegalStateException(
                    "configure(...) comes first, before host(...), lead(...) and constraint(...)");
        }
        for (NodeSpec node : config.policy().nodes()) {
            if (node.id().value() > Network.MAX_NODES) {
                throw new IllegalArgumentException("node " + node.name() + " has the id " + node.id()
                        + "; ids of simulated nodes are 1 to " + Network.MAX_NODES);
            }
        }
        given = config;
    }

    void host(String name, Supplier<? extends Resource> implementation) {
        if (given == null) {
            host(Primitive.of(name).requires(proof()).monitorEvery(ofSeconds(10)), implementation);
        } else {
            implement(name, implementation);
        }
    }

    void host(Primitive primitive, Supplier<? extends Resource> implementation) {
        requireNoConfiguration("host(\"" + primitive.id() + "\", ...)");
        implement(primitive.id(), implementation);
        specs.put(primitive.id(), primitive);
    }

    void hostPromotable(String name, UnaryOperator<PromotableSpec> spec, Supplier<? extends Resource> implementation) {
        requireNoConfiguration("host(\"" + name + "\", ...)");
        PromotableSpec usual = new PromotableSpec(Primitive.of(name), CloneOptions.ONE_PROMOTED)
                .requires(proof())
                .monitorEvery(ofSeconds(10), Role.PROMOTED)
                .monitorEvery(ofSeconds(11), Role.UNPROMOTED);
        PromotableSpec chosen = spec.apply(usual);
        implement(name, implementation);
        specs.put(name, Clone.of(chosen.primitive(), chosen.options()));
    }

    void hostEach(String name, IntFunction<? extends Resource> implementation) {
        if (given == null) {
            throw new IllegalStateException("how many instances " + name + " has is said with configure(...), or with"
                    + " hostEach(Primitive.of(\"" + name + "\"), CloneOptions.unique(...), ...)");
        }
        requireKnown(name);
        hostEach(name, given.policy().instances(name), implementation);
    }

    void hostEach(Primitive primitive, CloneOptions options, IntFunction<? extends Resource> implementation) {
        requireNoConfiguration("hostEach(\"" + primitive.id() + "\", ...)");
        hostEach(primitive.id(), options.instances(primitive.id()), implementation);
        specs.put(primitive.id(), Clone.of(primitive, options));
    }

    private void hostEach(String name, List<String> all, IntFunction<? extends Resource> implementation) {
        requireNew(name);
        numbered.put(name, implementation);
        instances.addAll(all);
    }

    private void requireNoConfiguration(String instead) {
        if (given != null) {
            throw new IllegalStateException(
                    "the resources are those of configure(...) already: implement them with " + instead);
        }
    }

    private void implement(String name, Supplier<? extends Resource> implementation) {
        requireNew(name);
        requireKnown(name);
        resources.put(name, implementation);
    }

    private void requireKnown(String name) {
        if (given != null) {
            List<String> known = given.policy().primitives().map(Primitive::id).toList();
            if (!known.contains(name)) {
                throw new IllegalArgumentException("the configuration has no primitive " + name + ", but " + known);
            }
        }
    }

    void lead(String name, LeadershipOptions options, Supplier<? extends LeadershipListener> listener) {
        requireNew(name);
        LeadershipOptions demanded =
                LeadershipOptions.requires(options.requires().orElseGet(this::proof));
        leaderships.put(name, new Candidacy(demanded, listener));
    }

    private void requireNew(String name) {
        if (names().contains(name)) {
            throw new IllegalStateException(name + " is hosted already; hosted are " + names());
        }
    }

    void constraint(Constraint constraint) {
        if (given != null) {
            throw new IllegalStateException("the constraints are those of configure(...) already");
        }
        constraints.add(constraint);
    }

    /** The strongest that this cluster can have, as for a leadership without options. */
    private ProofLevel proof() {
        boolean provable = given == null
                ? fencing
                : given.policy().nodes().stream().allMatch(node -> isFenced(node.name(), given.policy()));
        return provable ? ProofLevel.POWER_VERIFIED : ProofLevel.SELF_LEASE;
    }

    private static boolean isFenced(String node, ClusterPolicy policy) {
        return policy.options().fencingEnabled()
                && policy.fencePaths(node).stream()
                        .anyMatch(path -> path.proofLevel().satisfies(ProofLevel.POWER_VERIFIED));
    }

    /**
     * The configuration that the nodes start with.
     *
     * @throws IllegalStateException if there is nothing to run on it
     */
    ClusterConfig config() {
        if (names().isEmpty()) {
            throw new IllegalStateException("this cluster hosts nothing, so that nothing could be tested: call"
                    + " host(\"ledger\", LedgerResource::new) or lead(\"batch\", ...) first");
        }
        ClusterConfig config = given == null ? written() : given;
        config.policy()
                .primitives()
                .map(Primitive::id)
                .filter(name -> !resources.containsKey(name) && !numbered.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalStateException("resource " + name + " of the configuration is hosted by nobody:"
                            + " call host(\"" + name + "\", ...)");
                });
        return config;
    }

    private ClusterConfig written() {
        ClusterConfigBuilder builder = ClusterConfig.named("simulated").authKey(KEY);
        for (int id = 1; id <= nodes; id++) {
            String name = String.valueOf((char) ('a' + id - 1));
            builder.node(id, name, "10.0.0." + id);
            if (fencing) {
                builder.fencing(new PowerSwitch(name));
            }
        }
        specs.values().forEach(builder::resource);
        constraints.forEach(builder::constraint);
        return builder.build();
    }

    /** What the checkers judge by: the configuration, and the leaderships that nodes will ask for. */
    ClusterPolicy judged(ClusterPolicy policy) {
        List<ResourceSpec> all = new ArrayList<>(policy.resources());
        leaderships.forEach((name, candidacy) -> all.add(Clone.of(
                Primitive.of(name).requires(candidacy.options().requires().orElseThrow()), CloneOptions.ONE_PROMOTED)));
        return policy.withResources(all);
    }

    private record PowerSwitch(String node) implements FenceDeviceSpec {

        @Override
        public String id() {
            return ProductionNodes.powerSwitchOf(node);
        }

        @Override
        public Set<String> targets() {
            return Set.of(node);
        }

        @Override
        public ProofLevel proofLevel() {
            return ProofLevel.POWER_VERIFIED;
        }
    }

    /** How the primitive, or instance, of this name spreads. */
    static Duty.Kind kind(String name, ClusterPolicy policy) {
        if (policy.isSingle(name)) {
            return Duty.Kind.SINGLE;
        }
        boolean promotable = policy.cloneOf(name)
                .filter(clone -> clone.options().promotable())
                .isPresent();
        return promotable ? Duty.Kind.PROMOTABLE : Duty.Kind.SHARED;
    }
}
