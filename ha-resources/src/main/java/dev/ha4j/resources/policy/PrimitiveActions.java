package dev.ha4j.resources.policy;

import org.jspecify.annotations.Nullable;

/** What is done with one primitive to bring it from where and what it is to where and what it will be. */
final class PrimitiveActions {
    private final Model model;
    private final RecurringActions recurring;

    PrimitiveActions(Model model) {
        this.model = model;
        this.recurring = new RecurringActions(model);
    }

    void create(Primitive resource) {
        new Plan(resource).create();
    }

    /** The plan for one primitive. */
    private final class Plan {
        private final Primitive resource;
        private final @Nullable Node current;
        private final @Nullable Node next;
        private boolean needStop;
        private boolean needPromote;
        private boolean migrates;
        private boolean restarting;

        Plan(Primitive resource) {
            this.resource = resource;
            current = resource.current();
            next = resource.assigned;
        }

        void create() {
            if (resource.nextRole == Role.UNKNOWN) {
                resource.nextRole = next == null ? Role.STOPPED : Role.STARTED;
            }
            for (Node source : resource.danglingMigrations) {
                Action stop = model.actions.get(resource, Tasks.STOP, source, false);
                stop.endsDanglingMigration = true;
            }
            boolean moving =
                    current != null && next != null && current != next && !resource.nextRole.isBelow(Role.STARTED);
            if (moving) {
                needStop = true;
                migrates = mayMigrate();
            }
            judgeMigrationAndMultipleActivity();
            if (resource.startPending) {
                model.actions.get(resource, Tasks.START, next, true).always = true;
            }
            if (!moving) {
                judgeRestart();
            }
            restart();
            changeRole();
            recurring.create(resource);
            if (migrates && current != null && next != null) {
                MigrationActions.create(model, resource, current, next);
            }
        }

        private boolean mayMigrate() {
            return resource.allowMigrate
                    && resource.managed
                    && !resource.failed
                    && !resource.startPending
                    && current != null
                    && !current.unclean
                    && next != null
                    && !next.unclean;
        }

        private void judgeMigrationAndMultipleActivity() {
            int active = resource.running.size();
            boolean partial = resource.migrationSource != null || resource.migrationTarget != null;
            boolean continued = partial
                    && migrates
                    && active == 2
                    && current == resource.migrationSource
                    && next == resource.migrationTarget;
            if (partial && !continued) {
                needStop = true;
                migrates = false;
                resource.migrationSource = null;
                resource.migrationTarget = null;
            } else if (!partial) {
                long counted = resource.needsFencing
                        ? active
                        : resource.running.stream()
                                .filter(node -> node.online && !node.unclean)
                                .count();
                if (counted > 1) {
                    switch (resource.multipleActive) {
                        case STOP_START -> needStop = true;
                        case STOP_UNEXPECTED -> {
                            needStop = true;
                            resource.stopUnexpected = true;
                        }
                        default -> {}
                    }
                }
            }
        }

        private void judgeRestart() {
            if (resource.failed) {
                if (resource.mustStop) {
                    needStop = true;
                } else if (resource.nextRole == Role.PROMOTED) {
                    needPromote = true;
                }
            } else if (resource.blocked) {
                needStop = true;
            } else if (resource.role.isAbove(Role.STARTED) && current != null && next != null) {
                Action start = model.actions.get(resource, Tasks.START, next, true);
                needStop |= start.required();
            }
        }

        // Down and up again to the same role; optional unless something needs it

        private void restart() {
            restarting = true;
            Role role = resource.role;
            while (role.isAbove(Role.STOPPED)) {
                role = step(role, Role.STOPPED, !needStop);
            }
            boolean up = !resource.role.isAbove(resource.nextRole) && !resource.blocked;
            while (up && role != resource.role && resource.role.isAbove(Role.STOPPED)) {
                boolean promotion = role == Role.UNPROMOTED && resource.role == Role.PROMOTED;
                role = step(role, resource.role, !(needStop || (promotion && needPromote)));
            }
            restarting = false;
        }

        // From this role to the next

        private void changeRole() {
            Role role = resource.role;
            while (role != resource.nextRole) {
                role = step(role, resource.nextRole, false);
            }
        }

        /** One step towards a role. */
        private Role step(Role from, Role to, boolean optional) {
            return switch (from) {
                case UNKNOWN -> Role.STOPPED;
                case STOPPED -> fromStopped(to, optional);
                case STARTED -> fromStarted(to, optional);
                case UNPROMOTED -> fromUnpromoted(to, optional);
                case PROMOTED -> {
                    demote(optional);
                    yield Role.UNPROMOTED;
                }
            };
        }

        private Role fromStopped(Role to, boolean optional) {
            if (to.isBelow(Role.STARTED)) {
                return to;
            }
            start(optional);
            return to == Role.PROMOTED ? Role.UNPROMOTED : to;
        }

        private Role fromStarted(Role to, boolean optional) {
            if (to == Role.PROMOTED) {
                promote(optional);
                return to;
            }
            if (to.isBelow(Role.STARTED)) {
                stop(optional);
                return Role.STOPPED;
            }
            return to;
        }

        private Role fromUnpromoted(Role to, boolean optional) {
            if (to == Role.PROMOTED) {
                promote(optional);
                return to;
            }
            stop(optional);
            return Role.STOPPED;
        }

        /** Where a multiply active resource is expected and stays. */
        private boolean isExpected(@Nullable Node node) {
            return resource.stopUnexpected
                    && restarting
                    && resource.nextRole.isAbove(Role.STOPPED)
                    && node != null
                    && node == next;
        }

        private void stop(boolean asked) {
            boolean optional = asked;
            for (Node node : resource.running) {
                if (isExpected(node)) {
                    continue;
                }
                if (resource.migrationTarget != null) {
                    if (node == resource.migrationTarget && node == next) {
                        continue;
                    }
                    optional = false;
                }
                Action stop = model.actions.get(resource, Tasks.STOP, node, optional);
                if (next == null) {
                    stop.reason = "node availability";
                } else if (restarting && resource.stopUnexpected) {
                    stop.reason = "being multiply active";
                }
                if (!resource.managed) {
                    stop.runnable = false;
                }
                if (resource.needsUnfencing) {
                    Relations.add(stop, Unfencing.action(model, node), Order.THEN_IMPLIES_FIRST);
                }
            }
        }

        private void start(boolean optional) {
            Action start = model.actions.get(resource, Tasks.START, next, true);
            Unfencing.orderBefore(model, resource, next, start, Order.FIRST_IMPLIES_THEN);
            if (start.runnable && !optional) {
                start.optional = false;
            }
            if (isExpected(next)) {
                start.pseudo = true;
            }
        }

        private void promote(boolean optional) {
            boolean runnable = next != null;
            if (next != null) {
                for (Action start : Actions.findExactly(resource, Tasks.START, 0, next)) {
                    runnable &= start.runnable;
                }
            }
            if (runnable) {
                Action promote = model.actions.get(resource, Tasks.PROMOTE, next, optional);
                if (isExpected(next)) {
                    promote.pseudo = true;
                }
            } else if (next != null) {
                Actions.findExactly(resource, Tasks.PROMOTE, 0, next).forEach(promote -> promote.runnable = false);
            }
        }

        private void demote(boolean optional) {
            for (Node node : resource.running) {
                if (!isExpected(node)) {
                    model.actions.get(resource, Tasks.DEMOTE, node, optional);
                }
            }
        }
    }
}
