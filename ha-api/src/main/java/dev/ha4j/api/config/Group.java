package dev.ha4j.api.config;

import java.util.List;
import java.util.Objects;

/**
 * Primitives that run on one node, started in their order and stopped in the reverse one.
 *
 * @param id name, unique in the cluster
 * @param meta options
 * @param members at least one
 */
public record Group(String id, MetaOptions meta, List<Primitive> members) implements ResourceSpec {

    public Group {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(meta, "meta");
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("group " + id + " needs at least one member");
        }
    }
}
