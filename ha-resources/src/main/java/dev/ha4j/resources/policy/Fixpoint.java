package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.SAME_NODE;
import static dev.ha4j.resources.policy.Order.THEN_CANCELS_FIRST;

import dev.ha4j.resources.config.Scores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets relations change what actions are, until nothing changes any more. */
final class Fixpoint {
    static final int FIRST = 1;
    static final int THEN = 2;

    private final RelationEffects effects;

    Fixpoint(NodeChoice choice, Assignment assignment) {
        this.effects = new RelationEffects(this, new Interleaving(choice, assignment));
    }

    void run(List<Action> actions) {
        for (int i = actions.size() - 1; i >= 0; i--) {
            update(actions.get(i));
        }
    }

    void update(Action then) {
        boolean optionalBefore = then.optional;
        boolean runnableBefore = then.runnable;
        boolean countsRunnable = then.requiredRunnable > 0;
        boolean alwaysBefore = then.always;
        if (countsRunnable) {
            then.runnableBefore = 0;
            then.runnable = false;
        }
        boolean changed = false;
        for (int i = then.before.size() - 1; i >= 0; i--) {
            changed |= update(then.before.get(i));
        }
        if (countsRunnable) {
            changed = optionalBefore != then.optional || runnableBefore != then.runnable || alwaysBefore != then.always;
        }
        if (changed) {
            if (runnableBefore && !then.runnable) {
                blockDependents(then);
            }
            update(then);
            updateAfter(then);
        }
    }

    void updateAfter(Action action) {
        for (int i = action.after.size() - 1; i >= 0; i--) {
            update(action.after.get(i).then);
        }
    }

    /** Whether the later action of the relation has changed. */
    private boolean update(Relation relation) {
        Action first = relation.first;
        Action then = relation.then;
        Node firstNode = nodeOf(first);
        Node thenNode = nodeOf(then);
        if (relation.has(SAME_NODE) && firstNode != null && thenNode != null && firstNode != thenNode) {
            relation.flags = 0;
            return false;
        }
        if (relation.has(THEN_CANCELS_FIRST) && first.resource != null && then.required()) {
            first.optional = true;
            if (first.is(Tasks.RELOAD)) {
                first.resource.reload = false;
            }
        }
        Action completion = completion(first, then);
        if (completion != first) {
            if (Relations.add(completion, then, relation.flags)) {
                relation.flags = 0;
                return true;
            }
            return false;
        }
        EffectiveFlags firstFlags = EffectiveFlags.forOrdering(first, thenNode);
        EffectiveFlags thenFlags = EffectiveFlags.forOrdering(then, firstNode);
        int changed = effects.apply(relation, firstFlags, thenFlags);
        if ((changed & FIRST) != 0) {
            updateAfter(first);
            update(first);
        }
        return (changed & THEN) != 0;
    }

    private static @Nullable Node nodeOf(Action action) {
        return action.resource instanceof Group group && action.is(Tasks.START) ? group.location() : action.node;
    }

    /** What waits for a collective waits for the event that says that the whole of it is done. */
    private static Action completion(Action first, Action then) {
        Resource resource = first.resource;
        if (resource == null
                || then.resource == null
                || resource == then.resource
                || resource.isAncestorOf(then.resource)
                || resource instanceof Primitive
                || first.recurring()
                || first.keyTask.contains(Tasks.NOTIFY)
                || resource.id.contains(Tasks.NOTIFY)) {
            return first;
        }
        String event = Tasks.completion(first.keyTask);
        if (!Tasks.isCompletion(event)) {
            return first;
        }
        boolean notified = resource.notify && resource instanceof CloneResource;
        Action found = Actions.firstByKey(resource, notified ? "confirmed-post_notify_" + event : event, null);
        return found == null ? first : found;
    }

    /** What has to be with a resource that can't start can't start either. */
    void blockDependents(Action action) {
        boolean promotion = action.is(Tasks.PROMOTE);
        if (action.runnable || action.resource == null || !(promotion || action.is(Tasks.START))) {
            return;
        }
        Resource resource = action.resource.root();
        for (Resource child : resource.children()) {
            Action own = Actions.first(child, action.task, null);
            if (own == null || own.runnable) {
                return;
            }
        }
        for (Colocation colocation : resource.othersWith) {
            boolean concerned =
                    colocation.score() >= Scores.INFINITY && (!promotion || colocation.primaryRole() == Role.PROMOTED);
            if (concerned) {
                boolean promoted = colocation.dependentRole() == Role.PROMOTED;
                block(colocation.dependent(), promoted ? Tasks.PROMOTE : Tasks.START, resource);
            }
        }
    }

    private void block(Resource resource, String task, Resource because) {
        for (int i = resource.actions.size() - 1; i >= 0; i--) {
            Action action = resource.actions.get(i);
            if (action.runnable && action.is(task)) {
                action.runnable = false;
                action.because("colocation with " + because.id);
                blockDependents(action);
                update(action);
            }
        }
        resource.children().forEach(child -> block(child, task, because));
    }
}
