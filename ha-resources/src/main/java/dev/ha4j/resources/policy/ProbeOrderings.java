package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN;
import static dev.ha4j.resources.policy.Order.IF_FIRST_UNMIGRATABLE;
import static dev.ha4j.resources.policy.Order.IF_REQUIRED_ON_SAME_NODE;
import static dev.ha4j.resources.policy.Order.LOAD;
import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.SAME_NODE;
import static dev.ha4j.resources.policy.Order.UNRUNNABLE_FIRST_BLOCKS;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts probes before what their results may change: restarts that follow from a start, and what waits for a stop. */
final class ProbeOrderings {
    private final Model model;
    private final NodeChoice choice;

    ProbeOrderings(Model model, NodeChoice choice) {
        this.model = model;
        this.choice = choice;
    }

    void run() {
        for (Resource resource : model.resources) {
            resource.forEachLeaf(this::beforeRestarts);
        }
        List.copyOf(model.orders).forEach(this::beforeWhatWaitsForStop);
    }

    private void beforeRestarts(Primitive resource) {
        for (Action probe : Actions.findAll(resource, Tasks.MONITOR, null)) {
            for (int i = probe.after.size() - 1; i >= 0; i--) {
                Relation relation = probe.after.get(i);
                beforeInactiveInstances(probe, relation);
                new RestartWalk(probe).visit(relation.then);
            }
        }
    }

    /** A probe that can't run keeps the instances from starting of which nothing is active. */
    private static void beforeInactiveInstances(Action probe, Relation relation) {
        Action start = relation.then;
        boolean concerned = start.resource instanceof CloneResource
                && !probe.runnable
                && !relation.has(UNRUNNABLE_FIRST_BLOCKS)
                && probe.resource != null
                && probe.resource.top() == start.resource
                && start.is(Tasks.START);
        if (!concerned) {
            return;
        }
        for (int i = start.after.size() - 1; i >= 0; i--) {
            Action then = start.after.get(i).then;
            boolean inactive = then.resource != null
                    && !then.resource.isActive()
                    && then.resource.top() == start.resource
                    && then.is(Tasks.START);
            if (inactive) {
                Relations.add(probe, then, ORDERED | UNRUNNABLE_FIRST_BLOCKS);
            }
        }
    }

    /** From one probe along all that a start makes required. */
    private final class RestartWalk {
        private final Action probe;
        private final Set<Action> seen = new LinkedHashSet<>();

        RestartWalk(Action probe) {
            this.probe = probe;
        }

        void visit(Action after) {
            if (!seen.add(after)) {
                return;
            }
            if (after.resource instanceof Primitive && after.resource != probe.resource) {
                beforeStopsOf(after);
            }
            Resource compatible = null;
            boolean interleaved = false;
            if (after.resource instanceof CloneResource clone && clone.interleave && probe.resource != null) {
                interleaved = true;
                compatible = Interleaving.compatible(choice, probe.resource, clone, false);
            }
            for (int i = after.after.size() - 1; i >= 0; i--) {
                Relation next = after.after.get(i);
                if (next.has(FIRST_IMPLIES_THEN) || leadsIntoCollective(after, next.then, interleaved, compatible)) {
                    visit(next.then);
                }
            }
        }

        private void beforeStopsOf(Action after) {
            Resource resource = after.resource;
            if (resource == null) {
                return;
            }
            String down = after.is(Tasks.START) ? Tasks.STOP : after.is(Tasks.PROMOTE) ? Tasks.DEMOTE : "";
            for (Action action : Actions.findAll(resource, down, null)) {
                if (!action.pseudo) {
                    Relations.add(probe, action, ORDERED);
                }
            }
        }

        private boolean leadsIntoCollective(
                Action after, Action next, boolean interleaved, @Nullable Resource compatible) {
            Resource collective = after.resource;
            Resource child = next.resource;
            if (collective == null
                    || collective instanceof Primitive
                    || child == null
                    || child instanceof CloneResource
                    || probe.resource == null
                    || probe.resource.parent == collective
                    || child.parent != collective) {
                return false;
            }
            return !interleaved || child == compatible;
        }
    }

    private void beforeWhatWaitsForStop(OrderRecord record) {
        Resource first = record.firstResource();
        Action firstAction = record.firstAction();
        if (first == null || first == record.thenResource() || record.flags() == 0) {
            return;
        }
        if (!(firstAction != null ? firstAction.task : record.firstTask()).equals(Tasks.STOP)) {
            return;
        }
        int flags = ORDERED | (record.flags() & (IF_FIRST_UNMIGRATABLE | SAME_NODE));
        if (record.flags() == IF_REQUIRED_ON_SAME_NODE || record.flags() == LOAD) {
            flags = record.flags();
        }
        for (Action probe : Actions.findAll(first, Tasks.MONITOR, null)) {
            for (Action then : thens(record)) {
                if (!isOutOfPlace(probe, then) && !isStopOfLauncher(first, then)) {
                    Relations.add(probe, then, flags);
                }
            }
        }
    }

    private static List<Action> thens(OrderRecord record) {
        Action given = record.thenAction();
        Resource resource = record.thenResource();
        if (given != null) {
            return List.of(given);
        }
        return resource == null ? List.of() : Actions.findAll(resource, record.thenTask(), null);
    }

    private static boolean isStopOfLauncher(Resource first, Action then) {
        return then.is(Tasks.STOP)
                && first instanceof Primitive launched
                && launched.container != null
                && launched.container == then.resource;
    }

    private static boolean isOutOfPlace(Action probe, Action then) {
        boolean unfencing = then.is(Tasks.FENCE) && then.keyTask.endsWith("-on");
        return (unfencing && then.node == probe.node) || (then.is(Tasks.SHUTDOWN) && then.node != probe.node);
    }
}
