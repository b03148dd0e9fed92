package dev.ha4j.testkit.scenario;

import dev.ha4j.api.Health;
import dev.ha4j.api.MigratableResource;
import dev.ha4j.api.Migration;
import dev.ha4j.api.Notice;
import dev.ha4j.api.NotifiedResource;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.ReloadableResource;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.OperationName;

/** The user's resource, and what the ground truth has to know of it. */
class ObservedResource implements ReloadableResource, MigratableResource, NotifiedResource {

    private final Resource observed;
    private final Duty duty;
    private final Duty.Kind kind;

    ObservedResource(Resource observed, Duty duty, Duty.Kind kind) {
        this.observed = observed;
        this.duty = duty;
        this.kind = kind;
    }

    final Duty duty() {
        return duty;
    }

    @Override
    public final void start(OperationContext operation) throws Exception {
        if (kind == Duty.Kind.SINGLE) {
            duty.enterExclusive(operation.term());
        } else {
            duty.enterShared();
        }
        carryOut(OperationName.START, operation, observed::start);
        duty.beginActing();
    }

    @Override
    public final void stop(OperationContext operation) throws Exception {
        carryOut(OperationName.STOP, operation, observed::stop);
        duty.exitExclusive("stop");
        duty.exitShared("stop");
    }

    @Override
    public final void reload(OperationContext operation) throws Exception {
        if (!(observed instanceof ReloadableResource reloadable)) {
            throw new UnsupportedOperationException("the resource under test is no ReloadableResource");
        }
        carryOut(OperationName.RELOAD, operation, reloadable::reload);
    }

    @Override
    public final void migrateTo(Migration migration) throws Exception {
        MigratableResource leaving = migratable();
        carryOut(OperationName.MIGRATE_TO, migration, context -> leaving.migrateTo(migration));
        duty.exitExclusive("handed over");
    }

    @Override
    public final void migrateFrom(Migration migration) throws Exception {
        MigratableResource arriving = migratable();
        duty.enterExclusive(migration.term());
        carryOut(OperationName.MIGRATE_FROM, migration, context -> arriving.migrateFrom(migration));
        duty.beginActing();
    }

    @Override
    public final void notified(Notice notice, OperationContext operation) throws Exception {
        if (!(observed instanceof NotifiedResource listener)) {
            throw new UnsupportedOperationException("the resource under test is no NotifiedResource");
        }
        duty.hears(notice);
        carryOut(OperationName.NOTIFY, operation, context -> listener.notified(notice, context));
    }

    private MigratableResource migratable() {
        if (observed instanceof MigratableResource migratable) {
            return migratable;
        }
        throw new UnsupportedOperationException("the resource under test is no MigratableResource");
    }

    @Override
    public final Health monitor(OperationContext operation) throws Exception {
        Health health = duty.carryOut(OperationName.MONITOR, operation.reason(), () -> observed.monitor(operation));
        if (health.status() == Health.Status.NOT_RUNNING) {
            duty.exitExclusive("found not running");
            duty.exitShared("found not running");
        } else if (health.status() == Health.Status.RUNNING && kind == Duty.Kind.PROMOTABLE) {
            duty.exitExclusive("found not promoted");
        }
        return health;
    }

    final void carryOut(OperationName operation, OperationContext context, Step step) throws Exception {
        duty.carryOut(operation, context.reason(), () -> {
            step.with(context);
            return Health.OK;
        });
    }

    /** An operation of the user's resource. */
    @FunctionalInterface
    interface Step {
        void with(OperationContext operation) throws Exception;
    }
}
