package dev.ha4j.resources.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be said of an action when what stands below it is taken into account. */
final class EffectiveFlags {
    final boolean optional;
    final boolean runnable;
    final boolean migratable;

    private EffectiveFlags(boolean optional, boolean runnable, boolean migratable) {
        this.optional = optional;
        this.runnable = runnable;
        this.migratable = migratable;
    }

    private static EffectiveFlags own(Action action) {
        return new EffectiveFlags(action.optional, action.runnable, action.migratable);
    }

    /** As an ordering sees it from a node. Q: whether an action of a clone can run does not depend on the node. */
    static EffectiveFlags forOrdering(Action action, @Nullable Node node) {
        if (action.resource == null) {
            return own(action);
        }
        EffectiveFlags anywhere = of(action, null);
        if (node == null || !(action.resource instanceof CloneResource)) {
            return anywhere;
        }
        EffectiveFlags there = of(action, node);
        return new EffectiveFlags(there.optional, there.runnable || anywhere.runnable, there.migratable);
    }

    /** Also takes back from the action itself what does not hold for it. */
    static EffectiveFlags of(Action action, @Nullable Node node) {
        if (action.resource instanceof Group group) {
            return ofGroup(action, group, node);
        }
        if (action.resource instanceof CloneResource clone) {
            return ofInstances(action, clone.instances, node);
        }
        return action.resource instanceof Bundle bundle
                ? ofInstances(action, bundle.instances(action.task), node)
                : own(action);
    }

    private static EffectiveFlags ofGroup(Action action, Group group, @Nullable Node node) {
        boolean optional = true;
        boolean runnable = true;
        String task = Tasks.begun(action.task);
        for (Primitive member : group.members) {
            Action own = Actions.first(member, task, node);
            if (own == null) {
                runnable &= task.equals(Tasks.STOP) || task.equals(Tasks.DEMOTE);
                continue;
            }
            if (optional && own.required()) {
                optional = false;
                action.optional = false;
            }
            if (runnable && !own.runnable && !task.equals(action.task)) {
                runnable = false;
                action.runnable = false;
            }
        }
        return new EffectiveFlags(optional, runnable, false);
    }

    private static EffectiveFlags ofInstances(Action action, List<? extends Resource> instances, @Nullable Node node) {
        boolean optional = true;
        boolean runnable = false;
        String task = instanceTask(action, instances);
        for (Resource instance : instances) {
            Action own = Actions.first(instance, task, instance instanceof Primitive ? node : null);
            if (own == null) {
                continue;
            }
            EffectiveFlags flags = of(own, node);
            if (optional && !flags.optional) {
                optional = false;
                action.optional = false;
            }
            runnable |= flags.runnable;
        }
        if (!runnable && node == null) {
            action.runnable = false;
        }
        return new EffectiveFlags(optional, runnable, false);
    }

    /** The task of the instances to which an event of the whole corresponds. */
    static String instanceTask(Action action, List<? extends Resource> instances) {
        String task = action.task;
        if (task.equals(Tasks.NOTIFY) || task.equals(Tasks.NOTIFIED)) {
            task = action.keyTask.substring(action.keyTask.indexOf("_notify_") + "_notify_".length());
        }
        boolean primitives = !instances.isEmpty() && instances.get(0) instanceof Primitive;
        return primitives ? Tasks.begun(task) : task;
    }
}
