package dev.ha4j.testkit.world;

import dev.ha4j.api.Health;
import dev.ha4j.api.MigratableResource;
import dev.ha4j.api.Migration;
import dev.ha4j.api.Notice;
import dev.ha4j.api.NotifiedResource;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.Promotion;
import dev.ha4j.api.ReloadableResource;
import dev.ha4j.api.Term;
import dev.ha4j.testkit.trace.Event;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A resource that does its duty, unless its host's {@link ResourceBehaviour} says otherwise. While it is active in an exclusive
 * role, it acts: checks its term, and a moment later writes to the storage.
 */
final class SimulatedResource implements PromotableResource, ReloadableResource, MigratableResource, NotifiedResource {

    private static final long OPERATION_NANOS = 150_000_000;
    private static final long SLOW_NANOS = 8_000_000_000L;
    private static final long WRITE_NANOS = 2_000_000;
    private static final long SLOW_WRITE_NANOS = 200_000_000;

    private final String name;
    private final Kind kind;
    private final NodeProcess process;
    private final World world;
    private final SplittableRandom random;
    private final long actEveryNanos;
    private boolean running;
    private boolean exclusive;
    private @Nullable Acting acting;

    /**
     * What the resource is to the cluster.
     *
     * @param promotable whether its exclusive role is the promoted one
     * @param guarded whether what it acts on refuses old tokens
     */
    record Kind(boolean promotable, boolean guarded) {}

    SimulatedResource(
            String name, Kind kind, NodeProcess process, World world, SplittableRandom random, long actEveryNanos) {
        this.name = name;
        this.kind = kind;
        this.process = process;
        this.world = world;
        this.random = random;
        this.actEveryNanos = actEveryNanos;
    }

    @Override
    public void start(OperationContext operation) {
        begins("start", operation);
        if (!running && kind.promotable) {
            process.emit(new Event.RoleEntered(name, false, 0));
        } else if (!kind.promotable && !exclusive) {
            enter(operation.term());
        }
        running = true;
        operation.promotionScore(100 + process.host().id().value());
        takesItsTime("start", ResourceBehaviour.START_FAILS, ResourceBehaviour.START_HANGS);
        atEnd("start", true, this::beginActing);
    }

    @Override
    public void stop(OperationContext operation) {
        begins("stop", operation);
        takesItsTime("stop", ResourceBehaviour.STOP_FAILS, ResourceBehaviour.STOP_HANGS);
        atEnd("stop", true, () -> {
            leaveExclusive("stop");
            if (running && kind.promotable) {
                process.emit(new Event.RoleExited(name, false, "stop"));
            }
            running = false;
        });
    }

    @Override
    public void promote(Promotion promotion) {
        begins("promote", promotion);
        enter(promotion.term());
        takesItsTime("promote", ResourceBehaviour.START_FAILS, ResourceBehaviour.START_HANGS);
        atEnd("promote", true, this::beginActing);
    }

    @Override
    public void demote(OperationContext operation) {
        begins("demote", operation);
        takesItsTime("demote", ResourceBehaviour.STOP_FAILS, ResourceBehaviour.STOP_HANGS);
        atEnd("demote", true, () -> leaveExclusive("demote"));
    }

    @Override
    public void migrateTo(Migration migration) {
        begins("migrate_to", migration);
        takesItsTime("migrate_to", ResourceBehaviour.STOP_FAILS, ResourceBehaviour.STOP_HANGS);
        atEnd("migrate_to", true, () -> leaveExclusive("handed over"));
    }

    @Override
    public void migrateFrom(Migration migration) {
        begins("migrate_from", migration);
        running = true;
        enter(migration.term());
        takesItsTime("migrate_from", ResourceBehaviour.START_FAILS, ResourceBehaviour.START_HANGS);
        atEnd("migrate_from", true, this::beginActing);
    }

    @Override
    public void reload(OperationContext operation) {
        begins("reload", operation);
        takesItsTime("reload", ResourceBehaviour.START_FAILS, ResourceBehaviour.START_HANGS);
        atEnd("reload", true, () -> {});
    }

    /** Who can't be watched doesn't listen either. */
    @Override
    public void notified(Notice notice, OperationContext operation) {
        Event.NoticeHeard.of(name, notice).forEach(process::emit);
        takesItsTime("notify", ResourceBehaviour.MONITOR_FAILS, ResourceBehaviour.MONITOR_HANGS);
    }

    @Override
    public Health monitor(OperationContext operation) {
        ResourceBehaviour behaviour = process.host().behaviour(name);
        world.time().spend(random.nextLong(OPERATION_NANOS / 10));
        operation.promotionScore(100 + process.host().id().value());
        if (behaviour == ResourceBehaviour.MONITOR_HANGS) {
            world.time().spend(VirtualTime.FOREVER);
        }
        if (behaviour == ResourceBehaviour.MONITOR_FAILS && running) {
            return Health.failed("unwell (simulated)");
        }
        if (!running) {
            return Health.NOT_RUNNING;
        }
        return exclusive && kind.promotable ? Health.PROMOTED : Health.RUNNING;
    }

    private void begins(String operation, OperationContext context) {
        process.emit(new Event.OperationBegan(name, operation, context.reason()));
    }

    private void takesItsTime(String operation, ResourceBehaviour failing, ResourceBehaviour hanging) {
        ResourceBehaviour behaviour = process.host().behaviour(name);
        world.time().spend(random.nextLong(behaviour == ResourceBehaviour.SLOW ? SLOW_NANOS : OPERATION_NANOS));
        if (behaviour == hanging) {
            world.time().spend(VirtualTime.FOREVER);
        }
        if (behaviour == failing) {
            if (!operation.equals("notify")) {
                atEnd(operation, false, () -> {});
            }
            throw new IllegalStateException(operation + " of " + name + " fails (simulated)");
        }
    }

    private void atEnd(String operation, boolean ok, Runnable effect) {
        world.atEndOfTask(() -> process.life().run(Life.Kind.USER, () -> {
            effect.run();
            process.emit(new Event.OperationEnded(name, operation, ok));
        }));
    }

    private void enter(Term term) {
        exclusive = true;
        acting = new Acting(term);
        process.terms().add(name, term);
        process.emit(new Event.RoleEntered(name, true, term.token()));
    }

    private void leaveExclusive(String cause) {
        if (exclusive) {
            process.emit(new Event.RoleExited(name, true, cause));
        }
        exclusive = false;
        acting = null;
    }

    private void beginActing() {
        if (acting != null) {
            acting.next();
        }
    }

    /** The thread of the resource's user that checks and writes, again and again. */
    private final class Acting {
        private final Term term;

        Acting(Term term) {
            this.term = term;
        }

        private void next() {
            later(1 + actEveryNanos / 2 + random.nextLong(actEveryNanos), this::check);
        }

        private void check() {
            if (acting != this) {
                return;
            }
            if (term.isHeld()) {
                process.emit(new Event.Held(name, term.token()));
                later(1 + random.nextLong(slowly() ? SLOW_WRITE_NANOS : WRITE_NANOS), this::write);
            } else {
                next();
            }
        }

        /** What the storage guards needs no haste. */
        private boolean slowly() {
            return kind.guarded && random.nextInt(4) == 0;
        }

        private void write() {
            world.storage().write(process, name, term.token(), kind.guarded);
            next();
        }

        private void later(long nanos, Runnable step) {
            world.time().after(nanos, () -> process.life().run(Life.Kind.USER, step));
        }
    }
}
