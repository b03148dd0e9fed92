package dev.ha4j.resources.policy;

import static dev.ha4j.resources.policy.Order.IF_FIRST_UNMIGRATABLE;
import static dev.ha4j.resources.policy.Order.ORDERED;

/** What an ordering between two resources means if they migrate instead of stopping and starting. */
final class MigrationOrders {
    private MigrationOrders() {}

    /** Adds the record, and its equivalents for migrations. */
    static void record(Model model, OrderRecord record) {
        model.add(record);
        Resource first = record.firstResource();
        Resource then = record.thenResource();
        if (first == null || then == null || first == then || first.isAncestorOf(then) || then.isAncestorOf(first)) {
            return;
        }
        addEquivalents(model, first, record.firstTask(), then, record.thenTask());
    }

    private static void addEquivalents(Model model, Resource first, String firstTask, Resource then, String thenTask) {
        boolean thenMigrates = then.allowMigrate;
        boolean both = first.allowMigrate && thenMigrates;
        int unlessMigrated = both ? ORDERED | IF_FIRST_UNMIGRATABLE : ORDERED;
        if (firstTask.equals(Tasks.START) && thenTask.equals(Tasks.START)) {
            if (both) {
                add(model, first, Tasks.MIGRATE_FROM, then, Tasks.MIGRATE_TO, ORDERED);
            }
            if (thenMigrates) {
                add(model, first, Tasks.START, then, Tasks.MIGRATE_TO, unlessMigrated);
            }
        } else if (thenMigrates && firstTask.equals(Tasks.STOP) && thenTask.equals(Tasks.STOP)) {
            add(model, first, Tasks.STOP, then, Tasks.MIGRATE_TO, unlessMigrated);
            if (isMigratingPartially(then)) {
                add(model, first, Tasks.STOP, then, Tasks.MIGRATE_FROM, unlessMigrated);
            }
        } else if (thenMigrates && firstTask.equals(Tasks.PROMOTE) && thenTask.equals(Tasks.START)) {
            add(model, first, Tasks.PROMOTE, then, Tasks.MIGRATE_TO, ORDERED);
        } else if (thenMigrates && firstTask.equals(Tasks.DEMOTE) && thenTask.equals(Tasks.STOP)) {
            add(model, first, Tasks.DEMOTE, then, Tasks.MIGRATE_TO, ORDERED);
            if (isMigratingPartially(then)) {
                add(model, first, Tasks.DEMOTE, then, Tasks.MIGRATE_FROM, ORDERED);
            }
        }
    }

    private static boolean isMigratingPartially(Resource resource) {
        return resource instanceof Primitive primitive && primitive.migrationTarget != null;
    }

    private static void add(Model model, Resource first, String firstTask, Resource then, String thenTask, int flags) {
        model.add(new OrderRecord(first, firstTask, null, then, thenTask, null, flags));
    }
}
