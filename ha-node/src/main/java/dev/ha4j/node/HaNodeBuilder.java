package dev.ha4j.node;

import dev.ha4j.api.MigratableResource;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.NotifiedResource;
import dev.ha4j.api.ReloadableResource;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.LinkAddress;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.report.RehearsalReport;
import dev.ha4j.node.LocalEnvironment.Choices;
import dev.ha4j.node.assembly.NodeAssembly;
import dev.ha4j.node.rehearsal.Rehearsal;
import dev.ha4j.quorum.QuorumDevice;
import dev.ha4j.runtime.Workers;
import dev.ha4j.totem.netty.AddressFollower;
import dev.ha4j.totem.netty.AddressSource;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what an {@link HaNode} is, and starts it. For one thread. */
public final class HaNodeBuilder {

    /** How long a node that leaves waits for its resources to be taken over (30 s). */
    public static final Duration DEFAULT_HAND_OVER_LIMIT = Duration.ofSeconds(30);

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    /** Others may wait for this node: it joins them first. */
    private static final Duration REHEARSAL_DELAY = Duration.ofSeconds(1);

    private static final Duration REHEARSAL_LIMIT = Duration.ofSeconds(5);

    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<String, IntFunction<? extends Resource>> numbered = new LinkedHashMap<>();
    private @Nullable ClusterConfig cluster;
    private @Nullable String self;
    private Optional<Path> stateDirectory = Optional.empty();
    private List<InetSocketAddress> bind = List.of();
    private Function<LinkAddress, AddressSource> addresses = link -> AddressSource.of(link.host(), link.port());
    private Duration addressInterval = AddressFollower.DEFAULT_INTERVAL;
    private Optional<NodeIdentity> identity = Optional.empty();
    private Duration handOverLimit = DEFAULT_HAND_OVER_LIMIT;
    private String lostStateAcceptedBy = "";
    private boolean newcomer;
    private QuorumDevice device = QuorumDevice.NONE;
    private Consumer<String> onHalt = HaltProcess.NOW;
    private boolean rehearses = true;

    HaNodeBuilder() {}

    /** The configuration of the cluster; needed. */
    public HaNodeBuilder cluster(ClusterConfig config) {
        cluster = config;
        return this;
    }

    /** The name of this node in the configuration; needed. */
    public HaNodeBuilder self(String node) {
        self = node;
        return this;
    }

    /**
     * Where the node keeps its log, for itself alone; a file system that survives a reboot. Without this,
     * {@code ~/.ha4j/<cluster>/<node>}.
     */
    public HaNodeBuilder stateDirectory(Path directory) {
        stateDirectory = Optional.of(directory);
        return this;
    }

    /**
     * The address and port that this node's first link binds, where they differ from those at which the others reach it: behind a
     * forwarded port, or in a container. Without this, its address ({@code bindnetaddr}).
     */
    public HaNodeBuilder bind(InetSocketAddress address) {
        return bind(List.of(address));
    }

    /**
     * The same for links 0, 1, ...; those that are not named bind their own addresses. What is named here stays when the node's name
     * leads to another address.
     *
     * @param addresses each with a port of its own, where they are wildcards
     */
    public HaNodeBuilder bind(List<InetSocketAddress> addresses) {
        bind = List.copyOf(addresses);
        return this;
    }

    /**
     * Where the nodes are reached, this one included, if the hosts of the configuration are neither IP addresses nor names that the JVM
     * resolves but, say, keys of a service registry. Without this, {@link AddressSource#of}.
     *
     * @param sources makes the source of an address of the configuration, and is asked once for each. It and what it makes are called
     *     by {@link #start} on its own thread, later on one that has nothing else to do, and may block there
     */
    public HaNodeBuilder addresses(Function<LinkAddress, AddressSource> sources) {
        addresses = Objects.requireNonNull(sources, "sources");
        return this;
    }

    /** How often addresses that may change are asked for (10 s); ten times as often while one isn't known. */
    public HaNodeBuilder addressInterval(Duration interval) {
        addressInterval = interval;
        return this;
    }

    /**
     * The certificate by which this node shows the others who it is. All nodes have one, or none: then the cluster's key is
     * enough to speak as any of them.
     */
    public HaNodeBuilder identity(NodeIdentity own) {
        identity = Optional.of(own);
        return this;
    }

    /**
     * An operator's word that this node counts for quorum although its earlier state is lost. Without it, a node with another
     * state directory than before counts again only when the others have made it a member. Wanted only where they can't,
     * because more than one disk is gone: what was acknowledged may be lost then, and tokens may repeat. For one start.
     */
    public HaNodeBuilder acceptLostState(String operator, String reason) {
        lostStateAcceptedBy = operator + " (" + reason + ")";
        return this;
    }

    /**
     * This node is added to a cluster that runs already ({@link NodeAdmin#changeQuorum}): before it has heard from that cluster
     * it counts for no quorum. Without this, nodes that are added could found a second cluster if they met each other first.
     * Once it has been a member this says nothing any more.
     */
    public HaNodeBuilder joinExisting() {
        newcomer = true;
        return this;
    }

    /**
     * The arbiter that is asked where the nodes of one partition are not enough; needed if the configuration's quorum has a
     * device. The node closes it when it ends, also if it does not start.
     */
    public HaNodeBuilder quorumDevice(QuorumDevice value) {
        device = Objects.requireNonNull(value, "value");
        return this;
    }

    /** Offers to run a primitive of the configuration on this node. */
    public HaNodeBuilder implement(String name, Resource resource) {
        resources.put(name, Objects.requireNonNull(resource, "resource"));
        return this;
    }

    /**
     * Offers to run instances of a primitive that differ from each other ({@link dev.ha4j.api.config.CloneOptions#unique}) on this node:
     * {@code implementEach("shard", number -> new Shard(number))}.
     *
     * @param instances makes the instance of a number, from 0 on; called on a worker thread, before the first operation of that instance
     *     (a probe: this node is asked about all of them), once for each number as long as the node lives
     */
    public HaNodeBuilder implementEach(String name, IntFunction<? extends Resource> instances) {
        numbered.put(name, Objects.requireNonNull(instances, "instances"));
        return this;
    }

    /** How long {@link HaNode#close} waits for the others to take over, and once more for what has to be stopped. */
    public HaNodeBuilder handOverLimit(Duration limit) {
        handOverLimit = limit;
        return this;
    }

    /**
     * What to do when an exclusive role that relies on this node's lease has not stopped in time: other nodes will take it
     * over nevertheless. Without this the process is ended at once ({@link Runtime#halt}, status 86). Whoever replaces this
     * has to end the role by other means; called on the controller's thread.
     */
    public HaNodeBuilder onHalt(Consumer<String> action) {
        onHalt = action;
        return this;
    }

    /**
     * Whether failovers are rehearsed in the background, a second after the start (yes). A JVM that has never taken over loads
     * some hundred classes when it does, which makes the first takeover several times slower than the second. A rehearsal
     * plays it beforehand, in memory: it costs about a second of one processor, once.
     */
    public HaNodeBuilder rehearse(boolean whether) {
        rehearses = whether;
        return this;
    }

    /**
     * Starts the node: opens its state directory and sockets, and looks for the others. Doesn't wait for a quorum.
     *
     * @throws IllegalArgumentException with everything that is missing, or not in the configuration
     * @throws IllegalStateException if the node can't be started, with the reason
     */
    public HaNode start() {
        List<String> problems = problems();
        if (cluster == null || self == null || !problems.isEmpty()) {
            throw new IllegalArgumentException("the node can't be started:\n  - " + String.join("\n  - ", problems));
        }
        return started(cluster, self);
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (cluster == null) {
            problems.add("cluster(...) is needed");
        }
        if (self == null) {
            problems.add("self(...) is needed: the name of this node in the configuration");
        }
        if (handOverLimit.isNegative() || handOverLimit.isZero()) {
            problems.add("handOverLimit(" + handOverLimit + ") has to be positive; " + DEFAULT_HAND_OVER_LIMIT
                    + " is the default");
        }
        if (addressInterval.isNegative() || addressInterval.isZero()) {
            problems.add("addressInterval(" + addressInterval + ") has to be positive; "
                    + AddressFollower.DEFAULT_INTERVAL + " is the default");
        }
        if (cluster != null) {
            unknownNames(cluster.policy(), problems);
            bindProblem(cluster.policy()).ifPresent(problems::add);
            deviceProblem(cluster.policy()).ifPresent(problems::add);
            notNumbered(cluster.policy(), problems);
            notNotified(cluster.policy(), problems);
            notReloadable(cluster.policy(), problems);
            notMigratable(cluster.policy(), problems);
            identityProblem(cluster).ifPresent(problems::add);
        }
        return problems;
    }

    private void unknownNames(ClusterPolicy policy, List<String> problems) {
        if (self != null && policy.node(self).isEmpty()) {
            problems.add("self(\"" + self + "\") is no node of the configuration, which has "
                    + policy.nodes().stream().map(NodeSpec::name).toList());
        }
        List<String> known = policy.primitives().map(Primitive::id).toList();
        Stream.concat(resources.keySet().stream(), numbered.keySet().stream())
                .filter(name -> !known.contains(name))
                .forEach(
                        name -> problems.add("implement(\"" + name + "\", ...) names no primitive of the configuration,"
                                + " which has " + known + "; a leadership is asked for with node.lead(...)"));
    }

    private Optional<String> bindProblem(ClusterPolicy policy) {
        return Optional.ofNullable(self)
                .flatMap(policy::node)
                .filter(node -> node.links().size() < bind.size())
                .map(node -> "bind(" + bind + ") has more addresses than node " + self + " has links, which are "
                        + node.links());
    }

    private void notNumbered(ClusterPolicy policy, List<String> problems) {
        policy.primitives().map(Primitive::id).forEach(name -> {
            boolean differ = policy.cloneOf(name)
                    .filter(clone -> clone.options().globallyUnique())
                    .isPresent();
            if (differ && resources.containsKey(name)) {
                problems.add("implement(\"" + name + "\", ...) gives one resource for instances that differ:"
                        + " implementEach(\"" + name + "\", number -> ...) gives one for each");
            }
            if (!differ && numbered.containsKey(name)) {
                problems.add(
                        "implementEach(\"" + name + "\", ...) is for instances that differ, and the configuration has"
                                + " none of " + name + ": implement(\"" + name + "\", ...)");
            }
        });
    }

    private void notNotified(ClusterPolicy policy, List<String> problems) {
        resources.forEach((name, resource) -> {
            if (policy.isNotified(name) && !(resource instanceof NotifiedResource)) {
                problems.add("implement(\"" + name + "\", ...) gives a resource that can't hear of its peers,"
                        + " which the configuration counts on: implement NotifiedResource, or leave out notifications");
            }
        });
    }

    private void notReloadable(ClusterPolicy policy, List<String> problems) {
        policy.primitives()
                .filter(primitive -> !primitive.reloadable().isEmpty())
                .map(Primitive::id)
                .filter(name -> resources.containsKey(name) && !(resources.get(name) instanceof ReloadableResource))
                .forEach(
                        name -> problems.add(
                                "implement(\"" + name + "\", ...) gives a resource that can't be reloaded,"
                                        + " which the configuration counts on: implement ReloadableResource, or leave out reloadable(...)"));
    }

    private void notMigratable(ClusterPolicy policy, List<String> problems) {
        policy.primitives()
                .filter(primitive -> primitive.meta().allowMigrate())
                .map(Primitive::id)
                .filter(name -> resources.containsKey(name) && !(resources.get(name) instanceof MigratableResource))
                .forEach(
                        name -> problems.add(
                                "implement(\"" + name + "\", ...) gives a resource that can't migrate,"
                                        + " which the configuration counts on: implement MigratableResource, or leave out migratable()"));
    }

    private Optional<String> deviceProblem(ClusterPolicy policy) {
        boolean configured = policy.quorum().device().isPresent();
        boolean given = device != QuorumDevice.NONE;
        if (configured == given) {
            return Optional.empty();
        }
        return Optional.of(
                configured
                        ? "quorumDevice(...) is needed: the configuration's quorum counts a device's vote"
                        : "quorumDevice(...) is given, but the configuration's quorum has none:"
                                + " add QuorumOptions.withDevice(...)");
    }

    private Optional<String> identityProblem(ClusterConfig config) {
        Optional<NodeId> own =
                Optional.ofNullable(self).flatMap(config.policy()::node).map(NodeSpec::id);
        if (identity.isEmpty() || own.isEmpty()) {
            return Optional.empty();
        }
        NodeIdentity given = identity.get();
        int id = own.get().value();
        if (!NodeIdentity.names(given.certificate(), config.name(), id)) {
            return Optional.of("identity(" + given + ") is not that of node " + self
                    + ": its certificate needs the subject alternative name URI:"
                    + NodeIdentity.uri(config.name(), id));
        }
        return Instant.now().isBefore(given.ends())
                ? Optional.empty()
                : Optional.of("identity(" + given + ") has expired: no node would believe it");
    }

    private HaNode started(ClusterConfig config, String node) {
        Choices choices =
                new Choices(bind, addresses, addressInterval, identity, lostStateAcceptedBy, newcomer, device, onHalt);
        LocalEnvironment environment = LocalEnvironment.open(config, node, directory(config, node), choices);
        try {
            NodeAssembly assembly = new NodeAssembly(config, node, environment);
            environment.onFailure(assembly::kill);
            resources.forEach(assembly::implement);
            numbered.forEach(assembly::implementEach);
            begin(assembly.start(), environment);
            if (rehearses) {
                environment.controllerLoop().schedule(REHEARSAL_DELAY.toNanos(), () -> rehearse(assembly, environment));
            }
            return new HaNode(assembly, environment, handOverLimit);
        } catch (RuntimeException e) {
            environment.close();
            throw e;
        }
    }

    private Path directory(ClusterConfig config, String node) {
        return stateDirectory.orElseGet(
                () -> Path.of(System.getProperty("user.home", "."), ".ha4j", config.name(), node));
    }

    private static void rehearse(NodeAssembly assembly, LocalEnvironment environment) {
        Rehearsal rehearsal = new Rehearsal(REHEARSAL_LIMIT);
        var unused = environment
                .workers()
                .run("rehearsal", REHEARSAL_LIMIT.multipliedBy(2), rehearsal::play, outcome -> {
                    if (outcome instanceof Workers.Outcome.Done<RehearsalReport> done) {
                        assembly.rehearsed(done.result());
                    }
                });
    }

    private static void begin(CompletionStage<Void> started, LocalEnvironment environment) {
        Optional<String> problem = environment.await(started, START_LIMIT);
        if (problem.isPresent()) {
            throw new IllegalStateException("the node can't be started: " + problem.get());
        }
    }
}
