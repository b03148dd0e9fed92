package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.RuntimeFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operations that were ordered before and are not answered yet. The state takes them for done, so that nobody asks for them again;
 * here they stand beside the new actions, so that all that is ordered behind them is ordered behind them once more.
 */
final class UnderWay {
    private final Model model;
    private final List<Action> actions = new ArrayList<>();

    UnderWay(Model model) {
        this.model = model;
    }

    /**
     * A promotion waits for whom it takes over from, and not, as in Pacemaker, until all other instances are started and stopped: a
     * start that hangs elsewhere would hold up a failover.
     */
    private static void promoteAtOnce(Resource resource) {
        Action promote = resource.promotable ? Actions.firstByKey(resource, Tasks.PROMOTE, null) : null;
        if (promote != null && resource instanceof CloneResource) {
            for (Relation relation : promote.before) {
                boolean own = relation.first.resource == resource;
                if (own && (relation.first.is(Tasks.RUNNING) || relation.first.is(Tasks.STOPPED))) {
                    relation.flags = 0;
                }
            }
        }
    }

    /** Before orderings become relations. */
    void join() {
        for (RuntimeFacts.UnderWay operation : model.input.runtime().underWay()) {
            Node node = model.node(operation.node()).orElse(null);
            Primitive leaf = node == null ? null : instance(operation.primitive(), node);
            if (node != null && leaf != null) {
                join(leaf, node, operation.task());
            }
        }
    }

    /** Of the instances of a clone, the one that has most to do with the node. */
    private @Nullable Primitive instance(String primitive, Node node) {
        Primitive best = null;
        for (Primitive leaf : model.leaves()) {
            if (Plan.name(leaf).equals(primitive) && (best == null || nearness(leaf, node) > nearness(best, node))) {
                best = leaf;
            }
        }
        return best;
    }

    private static int nearness(Primitive leaf, Node node) {
        return leaf.isRunningOn(node) ? 3 : leaf.assigned == node ? 2 : leaf.isActive() ? 0 : 1;
    }

    private void join(Primitive leaf, Node node, String task) {
        List<Action> own = List.copyOf(leaf.actions);
        Action running = new Action(model.actions.all.size() + 1, leaf, task, 0, task, node);
        running.optional = true;
        running.underWay = true;
        running.because("under way");
        model.actions.all.add(running);
        leaf.add(running);
        actions.add(running);
        for (Action action : own) {
            if (!action.is(Tasks.MONITOR) || action.recurring()) {
                Relations.add(running, action, Order.ORDERED);
            }
        }
        for (Resource up = leaf.parent; up != null; up = up.parent) {
            Action completion = Actions.firstByKey(up, Tasks.completion(task), null);
            if (completion != null) {
                completion.always = true;
            }
        }
    }

    /** After that: they have an influence on when things are done, and none on what is done. */
    void part() {
        if (!model.input.runtime().equals(RuntimeFacts.NONE)) {
            model.resources.forEach(UnderWay::promoteAtOnce);
        }
        for (Action running : actions) {
            running.before.forEach(relation -> relation.first.after.remove(relation));
            running.before.clear();
            for (Relation relation : running.after) {
                boolean apart =
                        running.node != null && relation.then.node != null && running.node != relation.then.node;
                boolean isVoid = apart && relation.has(Order.SAME_NODE | Order.IF_REQUIRED_ON_SAME_NODE | Order.LOAD);
                relation.flags = isVoid ? 0 : Order.ORDERED;
            }
            if (running.resource != null) {
                running.resource.remove(running);
            }
        }
    }
}
