package dev.ha4j.api.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Writes a {@link ClusterConfig}. What is wrong is said by {@link #build}, all at once. For one thread. */
public final class ClusterConfigBuilder {

    private final String name;
    private final List<NodeSpec> nodes = new ArrayList<>();
    private final List<FenceDeviceSpec> devices = new ArrayList<>();
    private final List<ResourceSpec> resources = new ArrayList<>();
    private final Map<String, List<String>> groups = new LinkedHashMap<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private QuorumOptions quorum = QuorumOptions.DEFAULTS;
    private ClusterOptions options = ClusterOptions.DEFAULTS;
    private NetworkProfile network = NetworkProfile.LAN;
    private UnaryOperator<RingOptions> ringChanges = UnaryOperator.identity();
    private List<AuthKey> authKeys = List.of();
    private boolean insecure;

    ClusterConfigBuilder(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Adds a node with one vote.
     *
     * @param id 1 to 65,535, fixed for the life of the cluster
     * @param node its name
     * @param addresses one per link, {@code host} or {@code host:port}; every node has equally many
     */
    public ClusterConfigBuilder node(int id, String node, String... addresses) {
        attempt("node " + node, () -> NodeSpec.of(id, node, addresses)).ifPresent(nodes::add);
        return this;
    }

    public ClusterConfigBuilder node(NodeSpec node) {
        nodes.add(node);
        return this;
    }

    public ClusterConfigBuilder authKey(AuthKey key) {
        authKeys = List.of(key);
        return this;
    }

    /**
     * Several keys, with different {@linkplain AuthKey#number(int) numbers}: the first is the one to send with, all are accepted. For a
     * node that starts while the cluster's key is being changed.
     */
    public ClusterConfigBuilder authKeys(AuthKey first, AuthKey... others) {
        List<AuthKey> all = new ArrayList<>(List.of(others));
        all.add(0, first);
        authKeys = all;
        return this;
    }

    /**
     * Does without a secret: whoever reaches the nodes can read, and can speak as any of them. For experiments on one machine;
     * reports of the nodes keep saying so.
     */
    public ClusterConfigBuilder insecure() {
        insecure = true;
        return this;
    }

    /**
     * What the network between the nodes is like: LAN, if nothing is said. All that is said about the ring with other words
     * replaces single numbers of it, before or after this.
     */
    public ClusterConfigBuilder network(NetworkProfile profile) {
        network = profile;
        return this;
    }

    /** How several links are used; see {@link LinkOptions}. */
    public ClusterConfigBuilder links(LinkOptions newOptions) {
        return ring(ring -> ring.withLinks(newOptions));
    }

    /** What carries datagrams, multicast groups among it; see {@link SocketOptions}. */
    public ClusterConfigBuilder sockets(UnaryOperator<SocketOptions> change) {
        return ring(ring -> ring.withSockets(change.apply(ring.sockets())));
    }

    /** The cluster's secret, {@value AuthKey#KEY_BYTES} bytes. */
    public ClusterConfigBuilder authKey(byte[] key) {
        attempt("authKey", () -> AuthKey.of(key)).ifPresent(this::authKey);
        return this;
    }

    /** How soon a silent node counts as lost; see {@link RingOptions#tokenTimeout}. */
    public ClusterConfigBuilder tokenTimeout(Duration timeout) {
        return ring(ring -> ring.withTokenTimeout(timeout));
    }

    /** Replaces numbers of the ring: {@code ring(r -> r.with(CONSENSUS, ofSeconds(4)).withWindowMessages(100))}. */
    public ClusterConfigBuilder ring(UnaryOperator<RingOptions> change) {
        UnaryOperator<RingOptions> before = ringChanges;
        ringChanges = ring -> change.apply(before.apply(ring));
        return this;
    }

    /** Replaces all that was said about the ring, the network included. */
    public ClusterConfigBuilder ring(RingOptions newOptions) {
        return ring(ring -> newOptions);
    }

    /** Adds devices; they are tried in the order in which they were added. */
    public ClusterConfigBuilder fencing(FenceDeviceSpec... more) {
        devices.addAll(List.of(more));
        return this;
    }

    public ClusterConfigBuilder resource(ResourceSpec resource) {
        resources.add(resource);
        return this;
    }

    /** Runs primitives, declared with {@link #resource}, on one node, started in this order. */
    public ClusterConfigBuilder group(String id, String... members) {
        if (groups.put(id, List.of(members)) != null) {
            wrong("group " + id, "is declared twice", "give one of them another name");
        }
        return this;
    }

    /** Declares a resource that runs on several nodes, of which one is promoted. */
    public ClusterConfigBuilder promotable(String id, UnaryOperator<PromotableSpec> spec) {
        return resource(spec.apply(PromotableSpec.of(id)).toClone());
    }

    /** Says where a resource likes to run: {@code location("front", l -> l.prefers("a", 100))}. */
    public ClusterConfigBuilder location(String resource, UnaryOperator<LocationConstraint> rules) {
        return constraint(rules.apply(Constraints.location(resource)));
    }

    public ClusterConfigBuilder constraint(Constraint constraint) {
        constraints.add(constraint);
        return this;
    }

    public ClusterConfigBuilder quorum(QuorumOptions newOptions) {
        quorum = newOptions;
        return this;
    }

    public ClusterConfigBuilder options(ClusterOptions newOptions) {
        options = newOptions;
        return this;
    }

    /**
     * Checks all that was said.
     *
     * @throws InvalidConfigurationException with everything that is wrong
     */
    public ClusterConfig build() {
        List<Violation> found = new ArrayList<>(violations);
        List<ResourceSpec> grouped = new ArrayList<>(resources);
        groups.forEach((id, members) -> gather(id, members, grouped, found));
        if (!authKeys.isEmpty() && insecure) {
            found.add(new Violation("insecure", "and a key contradict each other", "leave one of them out"));
        }
        List<AuthKey> keys = insecure ? List.of(AuthKey.known()) : authKeys;
        RingOptions ring = ringChanges.apply(RingOptions.of(network));
        List<FencePath> paths = devices.stream().map(FencePath::of).toList();
        ClusterPolicy policy = new ClusterPolicy(name, nodes, quorum, options, grouped, constraints, paths);
        found.addAll(Check.of(policy, keys, ring));
        if (!found.isEmpty()) {
            throw new InvalidConfigurationException(found);
        }
        return new ClusterConfig(policy, keys, ring, devices);
    }

    /** Takes the members out of the list, and puts the group where the first of them stood. */
    private static void gather(String id, List<String> names, List<ResourceSpec> resources, List<Violation> found) {
        List<String> known = resources.stream().map(ResourceSpec::id).toList();
        List<Primitive> members = new ArrayList<>();
        int place = resources.size();
        for (String member : names) {
            Optional<Primitive> primitive = primitive(member, resources);
            if (primitive.isEmpty()) {
                found.add(new Violation(
                        "group " + id,
                        "there is no ungrouped primitive " + member,
                        NearestName.suggest(member, known)
                                .orElse("declare it with resource(Primitive.of(\"" + member + "\"))")));
                continue;
            }
            place = Math.min(place, resources.indexOf(primitive.get()));
            resources.remove(primitive.get());
            members.add(primitive.get());
        }
        if (names.isEmpty()) {
            found.add(new Violation("group " + id, "has no members", "name at least one primitive"));
        }
        if (!members.isEmpty()) {
            resources.add(place, new Group(id, MetaOptions.DEFAULTS, members));
        }
    }

    private static Optional<Primitive> primitive(String id, List<ResourceSpec> resources) {
        return resources.stream()
                .filter(resource -> resource.id().equals(id))
                .filter(Primitive.class::isInstance)
                .map(Primitive.class::cast)
                .findFirst();
    }

    private <T> Optional<T> attempt(String where, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException e) {
            wrong(where, String.valueOf(e.getMessage()), "correct the value");
            return Optional.empty();
        }
    }

    private void wrong(String where, String what, String remedy) {
        violations.add(new Violation(where, what, remedy));
    }
}
