package dev.ha4j.resources.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns recorded orderings into relations between actions. */
final class OrderApplication {
    private final Model model;

    OrderApplication(Model model) {
        this.model = model;
    }

    void run() {
        for (OrderRecord record : List.copyOf(model.orders)) {
            for (Action first : firsts(record)) {
                relate(first, record);
            }
        }
    }

    /** Q: a first action that nobody made is made here, without a node and so not runnable; that is how it blocks. */
    private List<Action> firsts(OrderRecord record) {
        Action given = record.firstAction();
        Resource resource = record.firstResource();
        if (given != null) {
            return List.of(given);
        }
        if (resource == null) {
            return List.of();
        }
        List<Action> found = Actions.findAll(resource, record.firstTask(), null);
        if (!found.isEmpty() || resource == record.thenResource()) {
            return found;
        }
        Role role = resource.highestRole(true);
        boolean idle = (record.firstTask().equals(Tasks.STOP) && role == Role.STOPPED)
                || (record.firstTask().equals(Tasks.DEMOTE) && role == Role.UNPROMOTED);
        return idle ? List.of() : List.of(model.actions.get(resource, record.firstTask(), null, true));
    }

    private static void relate(Action first, OrderRecord record) {
        Action given = record.thenAction();
        Resource resource = record.thenResource();
        int flags = record.flags();
        if (given == null && resource != null && first.resource == resource && first.endsDanglingMigration) {
            flags &= ~Order.FIRST_IMPLIES_THEN;
        }
        for (Action then : thens(given, resource, record.thenTask())) {
            Relations.add(first, then, flags);
        }
    }

    private static List<Action> thens(@Nullable Action given, @Nullable Resource resource, String task) {
        if (given != null) {
            return List.of(given);
        }
        return resource == null ? List.of() : Actions.findAll(resource, task, null);
    }
}
