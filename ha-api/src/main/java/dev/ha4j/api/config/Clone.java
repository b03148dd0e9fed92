package dev.ha4j.api.config;

import java.util.Objects;

/**
 * A primitive or group that runs on several nodes at once. A constraint that names the child means the clone.
 *
 * @param id name, unique in the cluster
 * @param meta options
 * @param child what is cloned: a primitive or a group
 * @param options how many, where, and whether some of them are promoted
 */
public record Clone(String id, MetaOptions meta, ResourceSpec child, CloneOptions options) implements ResourceSpec {

    public Clone {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(meta, "meta");
        Objects.requireNonNull(child, "child");
        Objects.requireNonNull(options, "options");
        if (child instanceof Clone) {
            throw new IllegalArgumentException("clone " + id + " can't have the clone " + child.id() + " as its child");
        }
    }

    /** A clone named after its child, with {@code -clone} behind. */
    public static Clone of(ResourceSpec child, CloneOptions options) {
        return new Clone(child.id() + "-clone", child.meta(), child, options);
    }
}
