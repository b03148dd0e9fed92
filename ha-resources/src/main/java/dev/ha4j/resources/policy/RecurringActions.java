package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.FIRST_IMPLIES_THEN;
import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.UNRUNNABLE_FIRST_BLOCKS;

import dev.ha4j.resources.config.OperationEntry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operations that are repeated for as long as a resource has a role. */
final class RecurringActions {
    private final Model model;

    RecurringActions(Model model) {
        this.model = model;
    }

    void create(Primitive resource) {
        if (resource.blocked || resource.maintenance) {
            return;
        }
        Action start = null;
        Node next = resource.assigned;
        if (next != null && !next.maintenance && (resource.nextRole != Role.STOPPED || !resource.managed)) {
            start = model.actions.get(resource, Tasks.START, next, true);
        }
        for (OperationEntry op : resource.operations) {
            if (!isValid(resource, op)) {
                continue;
            }
            Optional<Role> role = Role.parse(op.get("role"));
            if (role.isPresent() && role.get() == Role.STOPPED) {
                createForInactive(resource, op, next);
            } else if (start != null && next != null) {
                createForActive(resource, op, role.orElse(Role.UNKNOWN), start, next);
            }
        }
    }

    private static boolean isValid(Primitive resource, OperationEntry op) {
        long interval = Operations.interval(op);
        if (interval == 0 || !Operations.enabled(op) || isOneOff(op.name())) {
            return false;
        }
        if (op.get("role") != null && Role.parse(op.get("role")).isEmpty()) {
            return false;
        }
        return resource.operations.stream()
                        .filter(other -> other.name().equals(op.name()) && Operations.interval(other) == interval)
                        .count()
                == 1;
    }

    private static boolean isOneOff(String name) {
        return switch (name) {
            case Tasks.START, Tasks.STOP, Tasks.PROMOTE, Tasks.DEMOTE, Tasks.RELOAD -> true;
            case Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> true;
            default -> false;
        };
    }

    private static boolean isRunning(Primitive resource, OperationEntry op, Node node) {
        return !Actions.findExactly(resource, op.name(), Operations.interval(op), node)
                .isEmpty();
    }

    // While it is active

    private void createForActive(Primitive resource, OperationEntry op, Role wanted, Action start, Node node) {
        List<Action> known = Actions.findExactly(resource, op.name(), Operations.interval(op), node);
        boolean optional = start.optional && !known.isEmpty() && known.stream().noneMatch(action -> action.reschedule);
        boolean matches = wanted == Role.UNKNOWN ? resource.nextRole != Role.PROMOTED : resource.nextRole == wanted;
        if (!matches) {
            if (optional) {
                cancelBefore(resource, op, node, nextStep(resource));
            }
            return;
        }
        Action action = model.actions.get(resource, op.name(), Operations.interval(op), op.name(), node, optional);
        if (!start.runnable || !node.online || node.unclean) {
            action.runnable = false;
        }
        if (resource.nextRole == Role.PROMOTED) {
            action.targetRc = HistoryEntry.PROMOTED;
        }
        if (resource.managed) {
            order(resource, action);
        }
    }

    /** What the change of roles does with a resource. */
    private static @Nullable String nextStep(Primitive resource) {
        if ((resource.role == Role.STARTED || resource.role == Role.UNPROMOTED) && resource.nextRole == Role.PROMOTED) {
            return Tasks.PROMOTE;
        }
        if (resource.nextRole == Role.STOPPED) {
            return Tasks.STOP;
        }
        return resource.role == Role.PROMOTED ? Tasks.DEMOTE : null;
    }

    private void cancelBefore(Primitive resource, OperationEntry op, Node node, @Nullable String task) {
        Action cancel = CancelActions.create(model, resource, op.name(), Operations.interval(op), node);
        if (task != null) {
            model.order(cancel, resource, task, UNRUNNABLE_FIRST_BLOCKS);
        }
    }

    private void order(Primitive resource, Action action) {
        model.order(resource, Tasks.START, action, FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS);
        model.order(resource, Tasks.RELOAD, action, FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS);
        if (resource.nextRole == Role.PROMOTED) {
            model.order(resource, Tasks.PROMOTE, action, ORDERED | UNRUNNABLE_FIRST_BLOCKS);
        } else if (resource.role == Role.PROMOTED) {
            model.order(resource, Tasks.DEMOTE, action, ORDERED | UNRUNNABLE_FIRST_BLOCKS);
        }
    }

    // Where it is not to be

    private void createForInactive(Primitive resource, OperationEntry op, @Nullable Node next) {
        if (!resource.unique) {
            return;
        }
        boolean starts = resource.nextRole == Role.STARTED || resource.nextRole == Role.UNPROMOTED;
        for (Node node : model.nodes) {
            boolean running = isRunning(resource, op, node);
            if (node == next) {
                if (running) {
                    cancelBefore(resource, op, node, starts ? Tasks.START : null);
                }
            } else {
                createForInactive(resource, op, node, running);
            }
        }
    }

    private void createForInactive(Primitive resource, OperationEntry op, Node node, boolean running) {
        Action action = model.actions.get(resource, op.name(), Operations.interval(op), op.name(), node, running);
        action.targetRc = HistoryEntry.NOT_RUNNING;
        if (resource.managed) {
            for (Action probe : Actions.findAll(resource, Tasks.MONITOR, node)) {
                Relations.add(probe, action, UNRUNNABLE_FIRST_BLOCKS);
            }
        }
        for (Action stop : Actions.findAll(resource, Tasks.STOP, node)) {
            if (stop.required() && action.required() && !resource.managed) {
                action.optional = true;
            }
            if (!stop.runnable) {
                action.runnable = false;
            }
            if (resource.managed) {
                Relations.add(stop, action, FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS);
            }
        }
        if (!node.online || node.unclean) {
            action.runnable = false;
        }
    }
}
