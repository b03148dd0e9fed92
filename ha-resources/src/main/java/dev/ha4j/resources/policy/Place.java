package dev.ha4j.resources.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one instance of a primitive.
 *
 * @param instance its name
 * @param primitive its configured name
 * @param name what its operations go by: its own name, where it differs from the other instances, else that of the primitive
 * @param collective name of the clone that it is in; null if it is in none
 * @param activeOn where it is active now
 * @param node where it is to be; null for nowhere
 * @param role the role that it is to have
 * @param failed whether it failed where it is active
 * @param managed whether it may be touched
 * @param blocked whether it is left alone because something failed
 * @param removed whether it is not configured any more
 * @param promotionScore how well it would do as the promoted one, where it is to be
 */
public record Place(
        String instance,
        String primitive,
        String name,
        @Nullable String collective,
        List<String> activeOn,
        @Nullable String node,
        Role role,
        boolean failed,
        boolean managed,
        boolean blocked,
        boolean removed,
        int promotionScore) {

    static Place of(Primitive leaf) {
        CloneResource clone = leaf.clone_();
        Resource instance = leaf.parent == null || leaf.parent instanceof CloneResource ? leaf : leaf.parent;
        return new Place(
                leaf.id,
                leaf.baseId,
                Plan.name(leaf),
                clone == null ? null : clone.id,
                leaf.running.stream().map(node -> node.name).toList(),
                leaf.assigned == null ? null : leaf.assigned.name,
                leaf.nextRole,
                leaf.failed,
                leaf.managed,
                leaf.blocked,
                leaf.removed,
                instance.priority);
    }
}
