package dev.ha4j.api.config;

import dev.ha4j.api.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The replicated part of the configuration: what every node has to agree on. The order of resources and constraints counts.
 *
 * @param clusterName name of the cluster
 * @param nodes by rising id
 * @param quorum how votes are counted
 * @param options of the cluster
 * @param resources in the order in which they were declared
 * @param constraints in the order in which they were declared
 * @param fencing devices, in the order in which they are tried
 */
public record ClusterPolicy(
        String clusterName,
        List<NodeSpec> nodes,
        QuorumOptions quorum,
        ClusterOptions options,
        List<ResourceSpec> resources,
        List<Constraint> constraints,
        List<FencePath> fencing) {

    public ClusterPolicy {
        Objects.requireNonNull(clusterName, "clusterName");
        nodes = List.copyOf(nodes);
        Objects.requireNonNull(quorum, "quorum");
        Objects.requireNonNull(options, "options");
        resources = List.copyOf(resources);
        constraints = List.copyOf(constraints);
        fencing = List.copyOf(fencing);
    }

    public Optional<NodeSpec> node(NodeId id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }

    public Optional<NodeSpec> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /** The name of the node, or its number if it isn't configured. */
    public String nameOf(NodeId id) {
        return node(id).map(NodeSpec::name).orElseGet(() -> "node " + id);
    }

    /** Those of the constraints that are about tickets. */
    public Stream<TicketConstraint> ticketConstraints() {
        return constraints.stream().filter(TicketConstraint.class::isInstance).map(TicketConstraint.class::cast);
    }

    /** The devices that can fence this node, in the order in which they are tried. */
    public List<FencePath> fencePaths(String node) {
        return fencing.stream().filter(path -> path.targets().contains(node)).toList();
    }

    /** The resource of this name at the top or inside of a group or clone. */
    public Optional<ResourceSpec> resource(String id) {
        return resources.stream()
                .flatMap(ClusterPolicy::withInner)
                .filter(resource -> resource.id().equals(id))
                .findFirst();
    }

    /** The clone that a primitive is in, itself or as a member of a group. */
    public Optional<Clone> cloneOf(String primitive) {
        return resources.stream()
                .filter(Clone.class::isInstance)
                .map(Clone.class::cast)
                .filter(clone -> withInner(clone.child())
                        .anyMatch(inner ->
                                inner instanceof Primitive && inner.id().equals(primitive)))
                .findFirst();
    }

    /** What operations of a primitive go by ({@link InstanceName}). */
    public List<String> instances(String primitive) {
        return cloneOf(primitive)
                .map(clone -> clone.options().instances(primitive))
                .orElse(List.of(primitive));
    }

    /**
     * Whether what goes by this name ({@link InstanceName}) is active on one node at a time from its start on: what is not cloned, and
     * each instance that differs from the others of its clone.
     */
    public boolean isSingle(String instance) {
        return cloneOf(InstanceName.primitiveOf(instance))
                .map(clone -> clone.options().globallyUnique())
                .orElse(true);
    }

    /** Whether its instances hear of each other's operations. */
    public boolean isNotified(String primitive) {
        return cloneOf(primitive)
                .filter(clone -> clone.options().notifications())
                .isPresent();
    }

    /** All primitives, at the top and inside of groups and clones. */
    public Stream<Primitive> primitives() {
        return resources.stream()
                .flatMap(ClusterPolicy::withInner)
                .filter(Primitive.class::isInstance)
                .map(Primitive.class::cast);
    }

    /**
     * The same with one of the primitives changed, wherever it is.
     *
     * @throws IllegalArgumentException if there is no such primitive
     */
    public ClusterPolicy withPrimitive(String id, UnaryOperator<Primitive> change) {
        if (primitives().noneMatch(primitive -> primitive.id().equals(id))) {
            throw new IllegalArgumentException("there is no primitive " + id);
        }
        return withResources(resources.stream()
                .map(resource -> changed(resource, id, change))
                .toList());
    }

    private static ResourceSpec changed(ResourceSpec resource, String id, UnaryOperator<Primitive> change) {
        if (resource instanceof Primitive primitive) {
            return primitive.id().equals(id) ? change.apply(primitive) : primitive;
        }
        if (resource instanceof Group group) {
            return new Group(
                    group.id(),
                    group.meta(),
                    group.members().stream()
                            .map(member -> (Primitive) changed(member, id, change))
                            .toList());
        }
        Clone clone = (Clone) resource;
        return new Clone(clone.id(), clone.meta(), changed(clone.child(), id, change), clone.options());
    }

    public ClusterPolicy withResources(List<ResourceSpec> newResources) {
        return new ClusterPolicy(clusterName, nodes, quorum, options, newResources, constraints, fencing);
    }

    public ClusterPolicy withConstraints(List<Constraint> newConstraints) {
        return new ClusterPolicy(clusterName, nodes, quorum, options, resources, newConstraints, fencing);
    }

    public ClusterPolicy withOptions(ClusterOptions newOptions) {
        return new ClusterPolicy(clusterName, nodes, quorum, newOptions, resources, constraints, fencing);
    }

    /** Other nodes, another way to count their votes, and the devices that go with the nodes. */
    public ClusterPolicy withVoters(List<NodeSpec> newNodes, QuorumOptions newQuorum, List<FencePath> newFencing) {
        return new ClusterPolicy(clusterName, newNodes, newQuorum, options, resources, constraints, newFencing);
    }

    /**
     * The same with another number of votes for a node.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public ClusterPolicy withVotes(String node, int votes) {
        NodeId id = node(node)
                .orElseThrow(() -> new IllegalArgumentException("there is no node " + node))
                .id();
        return withVoters(
                nodes.stream()
                        .map(spec -> spec.id().equals(id) ? spec.votes(votes) : spec)
                        .toList(),
                quorum,
                fencing);
    }

    /** The same with one more node, or another one in its place. */
    public ClusterPolicy withNode(NodeSpec added) {
        return withVoters(
                Stream.concat(nodes.stream().filter(spec -> !spec.id().equals(added.id())), Stream.of(added))
                        .sorted(Comparator.comparing(NodeSpec::id))
                        .toList(),
                quorum,
                fencing);
    }

    /** The same without a node, if it is there. */
    public ClusterPolicy withoutNode(String node) {
        return withVoters(
                nodes.stream().filter(spec -> !spec.name().equals(node)).toList(), quorum, fencing);
    }

    /** The same with votes counted in another way. */
    public ClusterPolicy withQuorum(QuorumOptions newQuorum) {
        return withVoters(nodes, newQuorum, fencing);
    }

    private static Stream<ResourceSpec> withInner(ResourceSpec resource) {
        if (resource instanceof Group group) {
            return Stream.concat(Stream.of(group), group.members().stream());
        }
        if (resource instanceof Clone clone) {
            return Stream.concat(Stream.of(clone), withInner(clone.child()));
        }
        return Stream.of(resource);
    }
}
