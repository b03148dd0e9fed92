package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Containers, each with an address, and what runs inside them. */
final class Bundle extends Resource {
    final int maxPerHost;
    final String image;
    final List<Replica> replicas = new ArrayList<>();

    /** What runs inside: a clone with an instance for each replica. */
    @Nullable
    CloneResource inside;

    Bundle(String id, Map<String, String> meta, NodeTable table, int maxPerHost, String image) {
        super(id, id, null, meta, table);
        this.maxPerHost = maxPerHost;
        this.image = image;
    }

    /**
     * A container, and what belongs to it.
     *
     * @param connection to the node that the container is; null, as are the others, if nothing runs inside
     */
    record Replica(
            int number,
            Primitive container,
            @Nullable Primitive address,
            @Nullable Primitive connection,
            @Nullable Primitive inside,
            @Nullable Node node) {

        /** In the order in which they start. */
        List<Primitive> parts() {
            return Stream.of(address, container, connection, inside)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    @Override
    List<AttributeSet> parameterSets() {
        return List.of();
    }

    @Override
    int variant() {
        return 3;
    }

    @Override
    List<Resource> children() {
        List<Resource> children = new ArrayList<>();
        for (Replica replica : replicas) {
            children.add(replica.container());
            if (replica.address() != null) {
                children.add(replica.address());
            }
            if (replica.connection() != null) {
                children.add(replica.connection());
            }
        }
        if (inside != null) {
            children.add(inside);
        }
        return children;
    }

    @Override
    List<Primitive> instances() {
        return containers();
    }

    List<Primitive> containers() {
        return replicas.stream().map(Replica::container).toList();
    }

    /** Q: what starts and stops are the containers; the other roles are those of what runs inside. */
    List<? extends Resource> instances(String task) {
        boolean container = switch (Tasks.begun(task)) {
            case Tasks.START, Tasks.STOP, Tasks.MONITOR -> true;
            default -> false;
        };
        return container || inside == null ? containers() : inside.instances;
    }

    /** The replica whose container this is; null if it is none of them. */
    @Nullable
    Replica replicaOf(Resource container) {
        for (Replica replica : replicas) {
            if (replica.container() == container) {
                return replica;
            }
        }
        return null;
    }

    /** Whether the node is a container of this bundle. */
    boolean has(Node node) {
        return replicas.stream().anyMatch(replica -> replica.node() == node);
    }

    /** Q: a bundle as such has no role. */
    @Override
    Role highestRole(boolean current) {
        return Role.UNKNOWN;
    }
}
