package dev.ha4j.resources.policy;

import dev.ha4j.resources.policy.Change.What;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums up, after a plan was made, what becomes of each node and each resource. */
final class Changes {
    private final List<Change> changes = new ArrayList<>();

    private Changes() {}

    static List<Change> of(Model model) {
        Changes changes = new Changes();
        model.actions.all.forEach(changes::ofCluster);
        model.resources.forEach(changes::ofAll);
        return List.copyOf(changes.changes);
    }

    private void ofAll(Resource resource) {
        if (resource instanceof Bundle bundle) {
            bundle.replicas.forEach(replica -> replica.parts().forEach(this::ofResource));
        } else {
            resource.forEachLeaf(this::ofResource);
        }
    }

    private void ofCluster(Action action) {
        if (action.optional || !action.runnable || action.node == null) {
            return;
        }
        if (action.is(Tasks.FENCE)) {
            String operation = action.keyTask.substring(action.keyTask.lastIndexOf('-') + 1);
            changes.add(new Change(
                    What.FENCE,
                    action.node.name,
                    launcher(action.node),
                    null,
                    Role.UNKNOWN,
                    Role.UNKNOWN,
                    operation,
                    action.reason,
                    false));
        } else if (action.is(Tasks.SHUTDOWN)) {
            changes.add(new Change(
                    What.SHUTDOWN,
                    action.node.name,
                    null,
                    null,
                    Role.UNKNOWN,
                    Role.UNKNOWN,
                    null,
                    action.reason,
                    false));
        }
    }

    private static @Nullable String launcher(Node node) {
        return node.connection == null || node.connection.container == null ? null : node.connection.container.id;
    }

    private void ofResource(Primitive leaf) {
        Node now = leaf.current();
        Node next = leaf.assigned;
        if ((now == null && leaf.removed) || (now == null && next == null)) {
            return;
        }
        if (!leaf.managed && !leaf.blocked) {
            return;
        }
        Role role = now != null && leaf.role == Role.STOPPED ? Role.STARTED : leaf.role;
        new OfLeaf(leaf, now, next, role).decide();
    }

    /** One resource. */
    private final class OfLeaf {
        private final Primitive leaf;
        private final @Nullable Node now;
        private final @Nullable Node next;
        private final Role role;
        private final @Nullable Action start;
        private final @Nullable Action stop;
        private final @Nullable Action promote;
        private final @Nullable Action demote;

        OfLeaf(Primitive leaf, @Nullable Node now, @Nullable Node next, Role role) {
            this.leaf = leaf;
            this.now = now;
            this.next = next;
            this.role = role;
            start = next == null ? null : Actions.first(leaf, Tasks.START, next);
            stop = now == null ? null : Actions.first(leaf, Tasks.STOP, now);
            promote = next == null ? null : Actions.first(leaf, Tasks.PROMOTE, next);
            demote = next == null ? null : Actions.first(leaf, Tasks.DEMOTE, next);
        }

        void decide() {
            boolean startBlocked = start != null && !start.runnable;
            if (role == leaf.nextRole) {
                sameRole(startBlocked);
            } else if (now != null && (leaf.nextRole == Role.STOPPED || startBlocked)) {
                stops(startBlocked ? start : null);
            } else if (stop != null && stop.required() && leaf.failed) {
                add(What.RECOVER, stop);
            } else if (isMoving()) {
                add(What.MOVE, stop);
            } else if (reloads()) {
                add(What.RELOAD, null);
            } else if (stop != null && stop.required()) {
                add(What.RESTART, stop);
            } else if (role == Role.PROMOTED) {
                add(What.DEMOTE, demote);
            } else if (leaf.nextRole == Role.PROMOTED) {
                add(What.PROMOTE, promote);
            } else if (leaf.nextRole.isAbove(Role.STOPPED) && role.isBelow(Role.STARTED)) {
                add(What.START, start);
            }
        }

        private void sameRole(boolean startBlocked) {
            Action migrate = next == null ? null : Actions.first(leaf, Tasks.MIGRATE_FROM, next);
            if (migrate != null && migrate.required() && migrate.runnable) {
                add(What.MIGRATE, migrate);
            } else if (reloads()) {
                add(What.RELOAD, null);
            } else if (start == null || start.optional) {
                if (isRequired(demote) && isRequired(promote)) {
                    add(What.REPROMOTE, promote);
                }
            } else if (startBlocked) {
                stops(start);
            } else if (isMoving()) {
                add(leaf.failed ? What.RECOVER : What.MOVE, stop);
            } else {
                add(leaf.failed ? What.RECOVER : What.RESTART, start);
            }
        }

        private static boolean isRequired(@Nullable Action action) {
            return action != null && action.required() && action.runnable;
        }

        private boolean isMoving() {
            return now != null && next != null && now != next;
        }

        private boolean reloads() {
            Action reload = next == null ? null : Actions.first(leaf, Tasks.RELOAD, next);
            return isRequired(reload);
        }

        /** @param start what can't be done, if that is why */
        private void stops(@Nullable Action start) {
            for (Node node : leaf.running) {
                Action each = Actions.first(leaf, Tasks.STOP, node);
                String why = start != null && start.reason != null
                        ? start.reason
                        : each != null && each.reason != null ? each.reason : next == null ? "node availability" : null;
                boolean blocked = each != null && !each.runnable;
                changes.add(new Change(What.STOP, leaf.id, node.name, null, role, Role.STOPPED, null, why, blocked));
            }
            if (leaf.running.isEmpty()) {
                add(What.START, start);
            }
        }

        private void add(What what, @Nullable Action cause) {
            changes.add(new Change(
                    what,
                    leaf.id,
                    now == null ? null : now.name,
                    next == null ? null : next.name,
                    role,
                    leaf.nextRole,
                    null,
                    cause == null || cause.pseudo ? null : cause.reason,
                    cause != null && !cause.runnable));
        }
    }
}
