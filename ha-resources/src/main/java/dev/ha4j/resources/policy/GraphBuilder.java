package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN_SHOWN;
import static dev.ha4j.resources.policy.Order.GUEST_ALLOWED;
import static dev.ha4j.resources.policy.Order.IF_FIRST_UNMIGRATABLE;
import static dev.ha4j.resources.policy.Order.IF_REQUIRED_ON_SAME_NODE;
import static dev.ha4j.resources.policy.Order.LOAD;
import static dev.ha4j.resources.policy.Order.MINIMUM_RUNNABLE;
import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.THEN_IMPLIES_FIRST_SHOWN;
import static dev.ha4j.resources.policy.Order.UNMIGRATABLE_THEN_BLOCKS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Picks the actions that will be done, and the relations that hold between them. */
final class GraphBuilder {
    private final Model model;
    private final Notifications notifications;
    private final List<Action> actions = new ArrayList<>();

    GraphBuilder(Model model, Notifications notifications) {
        this.model = model;
        this.notifications = notifications;
    }

    void build() {
        tellRemoteNodes();
        model.resources.forEach(this::add);
        for (int i = model.actions.all.size() - 1; i >= 0; i--) {
            add(model.actions.all.get(i));
        }
    }

    /** A remote node does not read the configuration: that it is in maintenance now, or not any more, is told. */
    private void tellRemoteNodes() {
        for (Node node : model.nodes) {
            if (node.remote && node.maintenance != node.toldMaintenance) {
                model.actions.pseudo("maintenance_nodes").always = true;
            }
        }
    }

    /** In the order in which they would be begun. */
    List<Action> actions() {
        return actions;
    }

    private void add(Resource resource) {
        if (resource instanceof CloneResource clone) {
            for (int i = clone.actions.size() - 1; i >= 0; i--) {
                EffectiveFlags.of(clone.actions.get(i), null);
            }
            notifications.tell(clone);
            clone.instances.forEach(this::add);
            addOwn(clone);
        } else if (resource instanceof Bundle bundle) {
            add(bundle);
        } else {
            addOwn(resource);
            resource.children().forEach(this::add);
        }
    }

    /** Q: the events of a bundle itself come after those of all resources. */
    private void add(Bundle bundle) {
        if (bundle.inside != null) {
            add(bundle.inside);
        }
        for (Bundle.Replica replica : bundle.replicas) {
            if (replica.address() != null) {
                addOwn(replica.address());
            }
            addOwn(replica.container());
            if (replica.connection() != null) {
                addOwn(replica.connection());
            }
        }
    }

    private void addOwn(Resource resource) {
        for (int i = resource.actions.size() - 1; i >= 0; i--) {
            add(resource.actions.get(i));
        }
    }

    private void add(Action action) {
        if (action.inGraph || !belongs(action)) {
            return;
        }
        action.inGraph = true;
        actions.add(action);
        List<Action> held = new ArrayList<>();
        for (Relation input : merged(action)) {
            if (holds(action, input)) {
                held.add(input.first);
            }
        }
        action.inputs = held;
    }

    /** Several relations with the same action count as one. */
    private static List<Relation> merged(Action action) {
        if (action.before.size() < 2) {
            return action.before;
        }
        Map<Action, Relation> merged = new LinkedHashMap<>();
        for (Relation relation : action.before) {
            Relation known = merged.get(relation.first);
            if (known == null) {
                merged.put(relation.first, new Relation(relation.first, action, relation.flags));
            } else {
                known.flags |= relation.flags;
            }
        }
        List<Relation> sorted = new ArrayList<>(merged.values());
        sorted.sort(Comparator.comparingInt(relation -> relation.first.id));
        return sorted;
    }

    private static boolean belongs(Action action) {
        if (action.underWay && action.resource != null) {
            return true;
        }
        if (!action.runnable || (action.optional && !action.always)) {
            return false;
        }
        boolean untouched =
                action.resource != null && !action.resource.managed && !action.is(Tasks.MONITOR) && !action.recurring();
        if (untouched) {
            return false;
        }
        if (action.pseudo || action.is(Tasks.FENCE) || action.is(Tasks.SHUTDOWN)) {
            return true;
        }
        Node node = action.node;
        return node != null
                && (action.onCoordinator || (node.online && !node.unclean) || (node.isGuest() && !node.requiresReset));
    }

    private static boolean holds(Action then, Relation input) {
        Action first = input.first;
        int flags = input.flags;
        if (flags == 0) {
            return false;
        }
        int harmless = ORDERED | THEN_IMPLIES_FIRST_SHOWN | FIRST_IMPLIES_THEN_SHOWN;
        if (!first.runnable && ((flags & ~harmless) == 0 || input.has(MINIMUM_RUNNABLE | UNMIGRATABLE_THEN_BLOCKS))) {
            return false;
        }
        if (input.has(IF_FIRST_UNMIGRATABLE) && first.migratable) {
            return false;
        }
        boolean stop = first.keyTask.equals(Tasks.STOP);
        if (flags == ORDERED && first.migratable && stop) {
            return false;
        }
        if (flags == LOAD) {
            return holdsLoad(then, first);
        }
        if (flags == IF_REQUIRED_ON_SAME_NODE) {
            boolean apart = first.node != null && then.node != null && first.node != then.node;
            return !apart && first.required();
        }
        if (stop && isStuck(first.resource, then.resource)) {
            return false;
        }
        return first.required() || first.always || first.inGraph || belongs(first);
    }

    private static boolean holdsLoad(Action then, Action first) {
        if (then.is(Tasks.MIGRATE_TO) && then.resource != null) {
            return first.node == then.resource.location();
        }
        return first.node == then.node && first.required();
    }

    private static boolean isStuck(@Nullable Resource resource, @Nullable Resource then) {
        return resource != null
                && resource != then
                && resource.failed
                && !resource.managed
                && then instanceof CloneResource;
    }

    /** A resource can't be made to wait for what runs inside the node that it launches. */
    static void dropImpossible(Model model) {
        if (!model.hasRemoteNodes) {
            return;
        }
        for (Action action : model.actions.all) {
            if (action.resource instanceof Primitive launcher && !launcher.launched.isEmpty()) {
                for (Relation input : action.before) {
                    Node node = input.first.node;
                    boolean inside = node != null && node.connection != null && node.connection.container == launcher;
                    if (inside && input.first.resource != null && !input.has(GUEST_ALLOWED)) {
                        input.flags = 0;
                    }
                }
            }
        }
    }

    /** Q: of a ring of migrations that make room for each other, the latest made gives way. */
    static void breakLoadLoops(Model model) {
        for (int i = model.actions.all.size() - 1; i >= 0; i--) {
            Action action = model.actions.all.get(i);
            if (action.is(Tasks.MIGRATE_TO)) {
                for (int j = action.before.size() - 1; j >= 0; j--) {
                    Relation input = action.before.get(j);
                    if (input.flags == LOAD && closesLoop(action, action, input)) {
                        input.flags = 0;
                    }
                }
            }
        }
    }

    private static boolean closesLoop(Action initial, Action then, Relation input) {
        Action first = input.first;
        if (first.loopMark != 0 || !holds(then, input)) {
            return false;
        }
        if (first == initial) {
            return true;
        }
        first.loopMark = 1;
        boolean found = false;
        for (int i = first.before.size() - 1; i >= 0 && !found; i--) {
            found = closesLoop(initial, first, first.before.get(i));
        }
        first.loopMark = 0;
        return found;
    }
}
