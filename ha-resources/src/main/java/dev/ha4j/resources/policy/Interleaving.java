package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Fixpoint.FIRST;
import static dev.ha4j.resources.policy.Fixpoint.THEN;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orderings between clones, or bundles, that concern only the instances on the same node. */
final class Interleaving {
    private final NodeChoice choice;
    private final Assignment assignment;

    Interleaving(NodeChoice choice, Assignment assignment) {
        this.choice = choice;
        this.assignment = assignment;
    }

    static boolean isPossible(Action first, Action then) {
        Resource one = first.resource;
        Resource other = then.resource;
        if (one == null || other == null || one == other || !hasInstances(one) || !hasInstances(other)) {
            return false;
        }
        boolean down =
                then.intervalMillis == 0 && (then.keyTask.equals(Tasks.STOP) || then.keyTask.equals(Tasks.DEMOTE));
        return (down ? one : other).is("interleave");
    }

    private static boolean hasInstances(Resource resource) {
        return resource instanceof CloneResource || resource instanceof Bundle;
    }

    int update(RelationEffects effects, Action first, Action then, @Nullable Node node, int way) {
        Resource firsts = java.util.Objects.requireNonNull(first.resource);
        Resource thens = java.util.Objects.requireNonNull(then.resource);
        String firstTask = EffectiveFlags.instanceTask(first, firsts.instances());
        boolean current = first.keyTask.endsWith(Tasks.STOPPED) || first.keyTask.endsWith(Tasks.DEMOTED);
        int changed = 0;
        for (Resource instance : List.copyOf(thens.instances())) {
            Resource match = compatible(choice, instance, firsts, current);
            if (match == null) {
                changed |= unassign(instance, way, current) ? THEN : 0;
                continue;
            }
            Action own = find(firstOf(match, firstTask), firstTask, node);
            Action later = find(thenOf(instance, then.task), then.task, node);
            if (own == null || later == null) {
                continue;
            }
            if (Relations.add(own, later, way)) {
                changed |= FIRST | THEN;
            }
            EffectiveFlags flags = EffectiveFlags.of(own, node);
            changed |= effects.update(instance, own, later, node, RelationEffects.Seen.of(flags), way);
        }
        return changed;
    }

    /** Q: of a replica the first is what runs inside, unless it stops. */
    private static Resource firstOf(Resource instance, String task) {
        return task.equals(Tasks.STOP) ? instance : inside(instance);
    }

    /** Q: of a replica the later one is the container, unless a role is concerned. */
    private static Resource thenOf(Resource instance, String task) {
        return task.equals(Tasks.PROMOTE) || task.equals(Tasks.DEMOTE) ? inside(instance) : instance;
    }

    private static Resource inside(Resource instance) {
        Bundle.Replica replica = instance.parent instanceof Bundle bundle ? bundle.replicaOf(instance) : null;
        return replica == null || replica.inside() == null ? instance : replica.inside();
    }

    private static @Nullable Action find(Resource instance, String task, @Nullable Node node) {
        Action found = Actions.first(instance, task, node);
        return found != null || node == null ? found : Actions.first(instance, task, null);
    }

    /** The instance that is on the node of another, now or in the end; else on the node that it would like most. */
    static @Nullable Resource compatible(NodeChoice choice, Resource other, Resource clone, boolean current) {
        Node place = current ? currentLocation(other) : other.location();
        if (place != null) {
            return instanceOn(place, clone, current);
        }
        for (Node node : choice.preferred(other.table, null)) {
            Resource instance = instanceOn(node, clone, current);
            if (instance != null) {
                return instance;
            }
        }
        return null;
    }

    private static @Nullable Resource instanceOn(Node node, Resource clone, boolean current) {
        for (Resource instance : clone.instances()) {
            Node place = current ? currentLocation(instance) : instance.location();
            if (place == node && !instance.isBlockedRecursively()) {
                return instance;
            }
        }
        return null;
    }

    private static @Nullable Node currentLocation(Resource resource) {
        Node found = null;
        for (Primitive leaf : resource.leaves()) {
            for (Node node : leaf.running) {
                if (found != null && found != node) {
                    return null;
                }
                found = node;
            }
        }
        return found;
    }

    /** An instance without a partner that it needs can't come up. */
    private boolean unassign(Resource instance, int way, boolean current) {
        boolean needed = (way & (Order.UNRUNNABLE_FIRST_BLOCKS | Order.FIRST_IMPLIES_THEN)) != 0;
        if (current || !needed) {
            return false;
        }
        boolean changed = false;
        for (Primitive leaf : instance.leaves()) {
            changed |= leaf.assigned != null;
            assignment.assignTo(leaf, null, true, true);
        }
        return changed;
    }
}
