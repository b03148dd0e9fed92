package dev.ha4j.api.config;

import dev.ha4j.api.NodeId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    /** The resource of this name at the top or inside of a group or clone. */
    public Optional<ResourceSpec> resource(String id) {
        return resources.stream()
                .flatMap(ClusterPolicy::withInner)
                .filter(resource -> resource.id().equals(id))
                .findFirst();
    }

    /** All primitives, at the top and inside of groups and clones. */
    public Stream<Primitive> primitives() {
        return resources.stream()
                .flatMap(ClusterPolicy::withInner)
                .filter(Primitive.class::isInstance)
                .map(Primitive.class::cast);
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
