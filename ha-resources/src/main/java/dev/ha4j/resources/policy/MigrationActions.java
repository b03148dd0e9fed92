package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.FIRST_ELSE_THEN;
import static dev.ha4j.resources.policy.Order.ORDERED;
import static dev.ha4j.resources.policy.Order.UNMIGRATABLE_THEN_BLOCKS;

/** Moves a resource while it runs; if something forbids that, the stop and the start beside it are done instead. */
final class MigrationActions {
    private MigrationActions() {}

    static void create(Model model, Primitive resource, Node source, Node target) {
        Action start = model.actions.get(resource, Tasks.START, target, true);
        Action stop = model.actions.get(resource, Tasks.STOP, source, true);
        boolean continued = resource.migrationTarget != null;
        Action departure = continued ? null : model.actions.get(resource, Tasks.MIGRATE_TO, source, true);
        Action arrival = model.actions.get(resource, Tasks.MIGRATE_FROM, target, true);
        start.migratable = true;
        start.pseudo = true;
        stop.migratable = true;
        arrival.migratable = true;
        arrival.migrateSource = source;
        arrival.migrateTarget = target;
        if (departure != null) {
            departure.migratable = true;
            departure.needs = start.needs;
            departure.migrateSource = source;
            departure.migrateTarget = target;
            model.order(resource, Tasks.MONITOR, resource, Tasks.MIGRATE_TO, ORDERED);
            model.order(resource, Tasks.MIGRATE_TO, resource, Tasks.MIGRATE_FROM, ORDERED | UNMIGRATABLE_THEN_BLOCKS);
        } else {
            arrival.needs = start.needs;
            model.order(resource, Tasks.MONITOR, resource, Tasks.MIGRATE_FROM, ORDERED);
        }
        model.order(resource, Tasks.MIGRATE_FROM, resource, Tasks.STOP, ORDERED | UNMIGRATABLE_THEN_BLOCKS);
        model.order(
                resource,
                Tasks.MIGRATE_FROM,
                resource,
                Tasks.START,
                ORDERED | FIRST_ELSE_THEN | UNMIGRATABLE_THEN_BLOCKS);
    }
}
