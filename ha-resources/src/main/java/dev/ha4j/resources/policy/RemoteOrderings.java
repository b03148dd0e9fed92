package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN;
import static dev.ha4j.resources.policy.Order.GUEST_ALLOWED;
import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.THEN_IMPLIES_FIRST;
import static dev.ha4j.resources.policy.Order.UNRUNNABLE_FIRST_BLOCKS;

/** What is done on a remote or guest node is done while the connection to it is up. */
final class RemoteOrderings {
    private final Model model;

    RemoteOrderings(Model model) {
        this.model = model;
    }

    /** Q: only actions that are real by now are ordered. */
    void run() {
        if (!model.hasRemoteNodes) {
            return;
        }
        for (int i = model.actions.all.size() - 1; i >= 0; i--) {
            Action action = model.actions.all.get(i);
            if (action.resource instanceof Primitive resource) {
                order(action, resource);
            }
        }
    }

    private void order(Action action, Primitive resource) {
        if (resource.kind.isRemoteConnection() && action.is(Tasks.CLEAR_FAILCOUNT)) {
            model.order(action, resource, Tasks.START, ORDERED);
            return;
        }
        Node node = action.node;
        if (node == null || action.pseudo || node.connection == null) {
            return;
        }
        if (action.is(Tasks.START)) {
            keepOldPlaceUntilConnected(resource, node, node.connection);
        }
        if (node.isGuest()) {
            orderOnGuest(action, node, node.connection);
        } else {
            orderOnRemote(action, node, node.connection);
        }
    }

    /** If the connection can't be made, the resource stays where it is. */
    private void keepOldPlaceUntilConnected(Primitive resource, Node node, Primitive connection) {
        for (int i = resource.actions.size() - 1; i >= 0; i--) {
            Action stop = resource.actions.get(i);
            if (stop.is(Tasks.STOP) && stop.node != null && stop.node != node) {
                record(connection, Tasks.START, stop, ORDERED);
            }
        }
    }

    // Remote nodes

    private void orderOnRemote(Action action, Node node, Primitive connection) {
        Connection state = Connection.of(node, connection);
        switch (action.task) {
            case Tasks.START, Tasks.PROMOTE ->
                afterStart(connection, action, state == Connection.FAILED ? FIRST_IMPLIES_THEN : 0);
            case Tasks.STOP, Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> orderStop(action, node, connection, state);
            case Tasks.DEMOTE -> {
                if (state == Connection.RESTING || state == Connection.UNKNOWN) {
                    afterStart(connection, action, 0);
                }
            }
            default -> {
                if (action.recurring()) {
                    afterStart(connection, action, FIRST_IMPLIES_THEN);
                } else {
                    orderOther(action, node, connection, state);
                }
            }
        }
    }

    private void orderStop(Action action, Node node, Primitive connection, Connection state) {
        if (state == Connection.ALIVE) {
            beforeStop(action, connection, THEN_IMPLIES_FIRST);
        } else if (state == Connection.FAILED) {
            model.actions.markForFencing(node, "resources are active but connection is unrecoverable");
        } else if (connection.nextRole == Role.STOPPED) {
            beforeStop(action, connection, THEN_IMPLIES_FIRST);
        } else {
            afterStart(connection, action, 0);
        }
    }

    private void orderOther(Action action, Node node, Primitive connection, Connection state) {
        if (action.is(Tasks.MONITOR) && state == Connection.FAILED) {
            model.actions.markForFencing(node, "resources are in unknown state and connection is unrecoverable");
        }
        if (connection.isActive() && state == Connection.STOPPED) {
            beforeStop(action, connection, UNRUNNABLE_FIRST_BLOCKS);
        } else {
            afterStart(connection, action, 0);
        }
    }

    // Guest nodes

    private void orderOnGuest(Action action, Node node, Primitive connection) {
        Primitive launcher = java.util.Objects.requireNonNull(connection.container);
        if (launcher.failed) {
            model.actions.markForFencing(node, "container failed");
        }
        switch (action.task) {
            case Tasks.START, Tasks.PROMOTE -> {
                afterStart(launcher, action, FIRST_IMPLIES_THEN);
                afterStart(connection, action, 0);
            }
            case Tasks.STOP, Tasks.DEMOTE, Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> {
                if (!launcher.failed) {
                    beforeStop(action, connection, 0);
                }
            }
            default -> {
                if (!action.recurring()) {
                    afterStart(connection, action, 0);
                } else if (!action.is(Tasks.CANCEL)) {
                    afterStart(connection, action, FIRST_IMPLIES_THEN);
                }
            }
        }
    }

    private void afterStart(Primitive first, Action action, int flags) {
        record(first, Tasks.START, action, GUEST_ALLOWED | UNRUNNABLE_FIRST_BLOCKS | flags);
    }

    private void beforeStop(Action action, Primitive connection, int flags) {
        MigrationOrders.record(
                model,
                new OrderRecord(
                        action.resource, action.keyTask, action, connection, Tasks.STOP, null, GUEST_ALLOWED | flags));
    }

    private void record(Primitive first, String task, Action then, int flags) {
        MigrationOrders.record(model, new OrderRecord(first, task, null, then.resource, then.keyTask, then, flags));
    }
}
