package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Fixpoint.FIRST;
import static dev.ha4j.resources.policy.Fixpoint.THEN;
import static dev.ha4j.resources.policy.Order.ASYMMETRIC;
import static dev.ha4j.resources.policy.Order.FIRST_ELSE_THEN;
import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN;
import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN_ON_NODE;
import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN_SHOWN;
import static dev.ha4j.resources.policy.Order.MINIMUM_RUNNABLE;
import static dev.ha4j.resources.policy.Order.NESTED_REMOTE_PROBE;
import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.PROMOTED_THEN_IMPLIES_FIRST;
import static dev.ha4j.resources.policy.Order.RESTART;
import static dev.ha4j.resources.policy.Order.THEN_IMPLIES_FIRST;
import static dev.ha4j.resources.policy.Order.THEN_IMPLIES_FIRST_SHOWN;
import static dev.ha4j.resources.policy.Order.UNMIGRATABLE_THEN_BLOCKS;
import static dev.ha4j.resources.policy.Order.UNRUNNABLE_FIRST_BLOCKS;

import org.jspecify.annotations.Nullable;

/** What a relation does to the two actions it links, one way of concerning after the other. */
final class RelationEffects {
    private final Fixpoint fixpoint;
    private final Interleaving interleaving;

    RelationEffects(Fixpoint fixpoint, Interleaving interleaving) {
        this.fixpoint = fixpoint;
        this.interleaving = interleaving;
    }

    /** What is known of the first action when one way of concerning is looked at. */
    record Seen(boolean optional, boolean runnable, boolean migratable) {
        static Seen of(EffectiveFlags flags) {
            return new Seen(flags.optional, flags.runnable, flags.migratable);
        }
    }

    int apply(Relation relation, EffectiveFlags firstFlags, EffectiveFlags thenFlags) {
        Action first = relation.first;
        Action then = relation.then;
        Node node = then.node;
        Seen seen = Seen.of(firstFlags);
        int changed = 0;
        if (relation.has(FIRST_IMPLIES_THEN_ON_NODE)) {
            relation.flags = (relation.flags & ~FIRST_IMPLIES_THEN_ON_NODE) | FIRST_IMPLIES_THEN;
            node = first.node;
        }
        if (relation.has(FIRST_IMPLIES_THEN)) {
            if (then.resource != null) {
                changed |= update(then.resource, first, then, node, seen, FIRST_IMPLIES_THEN);
            } else if (!seen.optional() && then.optional) {
                then.optional = false;
                changed |= THEN;
            }
        }
        if (relation.has(RESTART) && then.resource != null) {
            changed |= update(then.resource, first, then, node, seen, RESTART);
        }
        if (relation.has(THEN_IMPLIES_FIRST)) {
            if (first.resource != null) {
                changed |= update(first.resource, first, then, node, seen, THEN_IMPLIES_FIRST);
            } else if (!seen.optional() && first.runnable) {
                first.runnable = false;
                changed |= FIRST;
            }
        }
        if (relation.has(PROMOTED_THEN_IMPLIES_FIRST) && then.resource != null) {
            changed |= update(then.resource, first, then, node, seen, PROMOTED_THEN_IMPLIES_FIRST);
        }
        if (relation.has(MINIMUM_RUNNABLE)) {
            changed |= countRunnable(first, then, node, seen);
        }
        if (relation.has(NESTED_REMOTE_PROBE) && then.resource != null) {
            changed |= probeNested(relation, node, seen);
        }
        if (relation.has(UNRUNNABLE_FIRST_BLOCKS)) {
            if (then.resource != null) {
                changed |= update(then.resource, first, then, node, seen, UNRUNNABLE_FIRST_BLOCKS);
            } else if (!seen.runnable() && then.runnable) {
                then.runnable = false;
                changed |= THEN;
            }
        }
        for (int way : new int[] {UNMIGRATABLE_THEN_BLOCKS, FIRST_ELSE_THEN, ORDERED, ASYMMETRIC}) {
            if (relation.has(way) && then.resource != null) {
                changed |= update(then.resource, first, then, node, seen, way);
            }
        }
        show(relation, firstFlags, thenFlags);
        return changed | blockAfterUnmanagedStop(relation);
    }

    /** A container that is active and doesn't start anew can be asked at once. */
    private int probeNested(Relation relation, @Nullable Node node, Seen seen) {
        Action first = relation.first;
        if (!seen.runnable() && first.resource != null && first.resource.isActive()) {
            relation.flags = 0;
            return 0;
        }
        Resource probed = java.util.Objects.requireNonNull(relation.then.resource);
        return update(probed, first, relation.then, node, seen, UNRUNNABLE_FIRST_BLOCKS);
    }

    private int countRunnable(Action first, Action then, @Nullable Node node, Seen seen) {
        if (then.resource != null) {
            return update(then.resource, first, then, node, seen, MINIMUM_RUNNABLE);
        }
        if (seen.runnable()) {
            then.runnableBefore++;
            if (then.runnableBefore >= then.requiredRunnable && !then.runnable) {
                then.runnable = true;
                return THEN;
            }
        }
        return 0;
    }

    private static void show(Relation relation, EffectiveFlags firstFlags, EffectiveFlags thenFlags) {
        if (relation.has(FIRST_IMPLIES_THEN_SHOWN) && relation.first.runnable && !firstFlags.optional) {
            relation.then.always = true;
        }
        if (relation.has(THEN_IMPLIES_FIRST_SHOWN) && !thenFlags.optional) {
            relation.first.always = true;
        }
    }

    private static int blockAfterUnmanagedStop(Relation relation) {
        Action first = relation.first;
        boolean blocks = relation.has(FIRST_IMPLIES_THEN | THEN_IMPLIES_FIRST | RESTART)
                && first.resource != null
                && !first.resource.managed
                && first.resource.blocked
                && !first.runnable
                && first.is(Tasks.STOP);
        if (blocks && relation.then.runnable) {
            relation.then.runnable = false;
            return THEN;
        }
        return 0;
    }

    /** Updates in the manner of a resource; a relation concerns what stands below it, too. */
    int update(Resource resource, Action first, Action then, @Nullable Node node, Seen seen, int way) {
        if (resource instanceof Primitive) {
            return updateBasic(first, then, seen, way);
        }
        if (resource instanceof Group) {
            return updateGroup(first, then, node, seen, way);
        }
        if (Interleaving.isPossible(first, then)) {
            return interleaving.update(this, first, then, node, way);
        }
        return updateInstances(first, then, node, seen, way);
    }

    private int updateGroup(Action first, Action then, @Nullable Node node, Seen seen, int way) {
        int changed = updateBasic(first, then, seen, way);
        if (then.resource != null) {
            for (Resource member : then.resource.instances()) {
                Action own = Actions.first(member, then.task, node);
                if (own != null) {
                    changed |= update(member, first, own, node, seen, way);
                }
            }
        }
        return changed;
    }

    private int updateInstances(Action first, Action then, @Nullable Node node, Seen seen, int way) {
        int changed = updateBasic(first, then, seen, way);
        if (then.resource == null) {
            return changed;
        }
        for (Resource instance : then.resource.instances()) {
            Action own = Actions.first(instance, then.task, node);
            if (own != null && EffectiveFlags.of(own, node).runnable) {
                int below = update(instance, first, own, node, seen, way);
                changed |= below;
                if ((below & THEN) != 0) {
                    fixpoint.updateAfter(own);
                }
            }
        }
        return changed;
    }

    private int updateBasic(Action first, Action then, Seen seen, int way) {
        int firstBefore = bits(first);
        int thenBefore = bits(then);
        switch (way) {
            case ASYMMETRIC -> asymmetric(first, then);
            case THEN_IMPLIES_FIRST -> thenImpliesFirst(first, then, seen);
            case PROMOTED_THEN_IMPLIES_FIRST -> promotedThenImpliesFirst(first, then);
            case UNMIGRATABLE_THEN_BLOCKS -> unmigratableThenBlocks(first, then);
            case FIRST_ELSE_THEN -> {
                if (!first.runnable) {
                    then.migratable = false;
                    then.pseudo = false;
                }
            }
            case UNRUNNABLE_FIRST_BLOCKS -> {
                if (then.runnable && !seen.runnable()) {
                    then.runnable = false;
                    then.because("unrunnable " + first.key());
                    then.migratable = false;
                }
            }
            case FIRST_IMPLIES_THEN -> {
                if (then.optional && !seen.optional() && !first.migratable) {
                    then.optional = false;
                    then.because("required " + first.key());
                }
            }
            case RESTART -> restart(first, then);
            default -> {}
        }
        int changed = 0;
        if (bits(then) != thenBefore) {
            changed |= THEN;
            if (then.resource != null && then.resource.parent != null) {
                fixpoint.update(then);
            }
        }
        if (bits(first) != firstBefore) {
            changed |= FIRST;
            fixpoint.update(first);
        }
        return changed;
    }

    private static int bits(Action action) {
        return (action.optional ? 1 : 0)
                | (action.runnable ? 2 : 0)
                | (action.pseudo ? 4 : 0)
                | (action.migratable ? 8 : 0)
                | (action.always ? 16 : 0);
    }

    /** Q: since what is seen of a primitive is what it is, only the loss of migration passes on in practice. */
    private static void thenImpliesFirst(Action first, Action then, Seen seen) {
        if (then.required()) {
            if (!seen.optional() && first.optional) {
                first.optional = false;
            }
            if (seen.migratable() && !then.migratable) {
                first.migratable = false;
            }
        }
    }

    private static void promotedThenImpliesFirst(Action first, Action then) {
        if (then.resource != null && then.resource.role == Role.PROMOTED && then.required()) {
            first.optional = false;
            if (first.migratable && !then.migratable) {
                first.migratable = false;
            }
        }
    }

    private static void unmigratableThenBlocks(Action first, Action then) {
        if (!(then.migratable && then.runnable)) {
            first.runnable = false;
        }
        if (then.required()) {
            first.optional = false;
        }
    }

    private static void asymmetric(Action first, Action then) {
        Resource resource = then.resource;
        if (resource == null || first.runnable) {
            return;
        }
        if (then.optional) {
            Role role = resource.highestRole(true);
            if (then.is(Tasks.STOP) && role == Role.STOPPED) {
                return;
            }
            boolean stays = then.is(Tasks.START)
                    && !role.isBelow(Role.STARTED)
                    && resource.location() != null
                    && resource.running.size() == 1
                    && resource.running.get(0) == then.node;
            if (stays) {
                return;
            }
        }
        then.optional = false;
        then.runnable = false;
    }

    /** A resource that has to start anew has to stop before; and if it can't start, it stops all the same. */
    private static void restart(Action first, Action then) {
        boolean restarts = then.required();
        boolean stops =
                !then.runnable && then.resource != null && then.resource.managed && first.resource == then.resource;
        if (!restarts && !stops) {
            return;
        }
        if (first.runnable || restarts) {
            if (first.optional) {
                first.optional = false;
                first.because(restarts ? "restart" : "stop");
            }
        }
        if (!then.migratable) {
            first.migratable = false;
        }
        if (first.required() && !first.runnable) {
            then.runnable = false;
        }
    }
}
