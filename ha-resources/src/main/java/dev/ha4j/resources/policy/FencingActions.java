package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN;
import static dev.ha4j.resources.policy.Order.GUEST_ALLOWED;
import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.UNRUNNABLE_FIRST_BLOCKS;

import java.util.ArrayList;
import java.util.List;

/** Fences nodes whose state is not certain, and shuts down those that asked for it. */
final class FencingActions {
    private final Model model;
    private final Notifications notifications;

    private final List<Action> fencings = new ArrayList<>();
    private final List<Action> shutdowns = new ArrayList<>();
    private @org.jspecify.annotations.Nullable Action coordinatorDown;

    FencingActions(Model model, Notifications notifications) {
        this.model = model;
        this.notifications = notifications;
    }

    void run() {
        boolean anyManaged = model.resources.stream().anyMatch(FencingActions::isManaged);
        for (Node node : model.nodes) {
            if (node.isGuest()) {
                if (node.requiresReset && anyManaged && model.canFence(node)) {
                    fenceGuest(node);
                }
            } else if (node.unclean && anyManaged && model.canFence(node)) {
                fence(node);
            } else if (node.online && node.shuttingDown && !node.remote) {
                shutDown(node);
            }
        }
        orderCoordinatorLast();
    }

    /** Q: a collective counts by itself, even if all that it consists of was taken from the cluster. */
    private static boolean isManaged(Resource resource) {
        return resource.managed || resource.children().stream().anyMatch(FencingActions::isManaged);
    }

    private void fence(Node node) {
        Action fencing = model.actions.fence(node, model.options.fencingAction, false, "node is unclean");
        orderAfter(fencing, node);
        if (node.dc) {
            coordinatorDown = fencing;
            return;
        }
        if (!model.options.concurrentFencing && !fencings.isEmpty()) {
            Relations.add(fencings.get(fencings.size() - 1), fencing, ORDERED);
        }
        fencings.add(fencing);
    }

    private void orderAfter(Action fencing, Node node) {
        for (Resource resource : model.resources) {
            resource.forEachLeaf(leaf -> orderAfter(fencing, leaf, node));
        }
    }

    /** Nobody fences a guest: what launches it is stopped, or its host is fenced, and that says that the guest is down. */
    private void fenceGuest(Node node) {
        Primitive connection = java.util.Objects.requireNonNull(node.connection);
        Primitive launcher = java.util.Objects.requireNonNull(connection.container);
        Action stop = Actions.first(launcher, Tasks.STOP, null);
        boolean again = Actions.first(launcher, Tasks.START, null) != null;
        Action fencing = model.actions.fence(node, again ? "reboot" : "off", false, "guest is unclean");
        fencing.pseudo = true;
        fencing.runnable = true;
        if (stop == null) {
            stop = Actions.first(connection, Tasks.STOP, null);
            if (stop != null) {
                Relations.add(stop, fencing, ORDERED);
            }
        } else {
            Node host = stop.node;
            Action down = stop.pseudo && host != null
                    ? model.actions.fence(host, model.options.fencingAction, false, "node is unclean")
                    : stop;
            Relations.add(down, fencing, UNRUNNABLE_FIRST_BLOCKS | FIRST_IMPLIES_THEN);
        }
        orderAfter(fencing, node);
    }

    private void shutDown(Node node) {
        Action shutdown = model.actions.ofCluster("do_shutdown-" + node.name, Tasks.SHUTDOWN, node);
        shutdown.optional = false;
        for (int i = model.actions.all.size() - 1; i >= 0; i--) {
            Action stop = model.actions.all.get(i);
            Resource resource = stop.resource;
            if (resource != null && stop.is(Tasks.STOP) && stop.isOn(node) && isTouched(resource, node)) {
                stop.optional = false;
                model.order(stop, shutdown, ORDERED | UNRUNNABLE_FIRST_BLOCKS);
            }
        }
        if (node.dc) {
            coordinatorDown = shutdown;
        } else {
            shutdowns.add(shutdown);
        }
    }

    private static boolean isTouched(Resource resource, Node node) {
        return !resource.maintenance && !node.maintenance && (resource.managed || resource.blocked);
    }

    private void orderCoordinatorLast() {
        Action last = coordinatorDown;
        if (last == null) {
            return;
        }
        if (last.is(Tasks.SHUTDOWN)) {
            shutdowns.forEach(shutdown -> Relations.add(shutdown, last, ORDERED));
        }
        if (model.options.concurrentFencing) {
            fencings.forEach(fencing -> Relations.add(fencing, last, ORDERED));
        } else if (!fencings.isEmpty()) {
            Relations.add(fencings.get(fencings.size() - 1), last, ORDERED);
        }
    }

    // What a fencing means for resources

    private void orderAfter(Action fencing, Primitive resource, Node node) {
        if (!resource.managed) {
            return;
        }
        orderStarts(fencing, resource, node);
        orderStops(fencing, resource, node);
        orderDemotions(fencing, resource, node);
    }

    private static void orderStarts(Action fencing, Primitive resource, Node node) {
        for (Action action : List.copyOf(resource.actions)) {
            if (action.needs == Action.Needs.FENCING) {
                Relations.add(fencing, action, ORDERED);
            } else if (action.needs == Action.Needs.QUORUM
                    && action.is(Tasks.START)
                    && resource.table.has(node)
                    && !isKnownOn(resource, node)) {
                Relations.add(fencing, action, ORDERED | UNRUNNABLE_FIRST_BLOCKS);
            }
        }
    }

    private static boolean isKnownOn(Primitive resource, Node node) {
        if (resource.probedOn.contains(node)) {
            return true;
        }
        return resource.parent instanceof CloneResource clone && !clone.unique && clone.probedOn.contains(node);
    }

    /** The fencing implies these stops. Q: in a bundle the stop of the whole follows it, not each of these. */
    private void orderStops(Action fencing, Primitive resource, Node node) {
        for (Action stop : Actions.findAll(resource, Tasks.STOP, node)) {
            stop.pseudo = true;
            stop.runnable = true;
            if (resource.needsFencing || node.isGuest()) {
                if (!resource.isBundled()) {
                    Relations.add(fencing, stop, GUEST_ALLOWED);
                }
                Action whole = Actions.first(resource.top(), Tasks.STOP, null);
                if (whole != null) {
                    Relations.add(fencing, whole, GUEST_ALLOWED);
                }
            }
            if (resource.notify) {
                notifications.afterFencing(stop, resource, fencing);
            }
        }
    }

    private static void orderDemotions(Action fencing, Primitive resource, Node node) {
        for (Action demote : Actions.findAll(resource, Tasks.DEMOTE, node)) {
            if (!node.online || node.unclean || resource.failed) {
                demote.pseudo = true;
                demote.runnable = true;
                if ((resource.needsFencing || node.isGuest()) && !resource.isBundled()) {
                    Relations.add(fencing, demote, GUEST_ALLOWED | ORDERED);
                }
            }
        }
    }
}
