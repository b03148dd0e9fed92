package dev.ha4j.node.assembly;

import dev.ha4j.api.Health;
import dev.ha4j.api.MigratableResource;
import dev.ha4j.api.NotifiedResource;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.ReloadableResource;
import dev.ha4j.api.Resource;
import dev.ha4j.api.Role;
import dev.ha4j.api.Term;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.controller.OperationOrder;
import dev.ha4j.controller.OperationOutcome;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.Workers;
import dev.ha4j.runtime.Workers.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One resource on this node: runs one operation at a time, and knows what may be active. A call that hangs beyond its timeout
 * keeps the resource to itself; what comes after it waits for its own timeout, and has failed then. Lives on the controller's
 * loop; the resource's methods run on worker threads.
 */
final class HostedResource {

    /** Operations of one resource that may wait; the next one fails at once. */
    static final int MAX_WAITING = 64;

    /** Of these, notices of what is past: beyond that they leave no room for what has to be done, and are told later. */
    static final int MAX_NEWS = MAX_WAITING / 2;

    /** How often a call that hangs is looked at. */
    static final Duration HUNG_POLL = Duration.ofMillis(50);

    private final String name;
    private final String node;
    private final Resource resource;
    private final EventLoop loop;
    private final Workers workers;
    private final LongFunction<Optional<Term>> terms;
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private final List<Runnable> idleListeners = new ArrayList<>();
    private @Nullable Job running;
    private Workers.@Nullable Task task;
    private OptionalInt lastScore = OptionalInt.empty();
    private SortedMap<String, String> parameters = Collections.emptySortedMap();
    private Role role = Role.STOPPED;
    private long token;
    private boolean withdrawn;

    HostedResource(
            String name,
            String node,
            Resource resource,
            EventLoop loop,
            Workers workers,
            LongFunction<Optional<Term>> terms) {
        this.name = name;
        this.node = node;
        this.resource = resource;
        this.loop = loop;
        this.workers = workers;
        this.terms = terms;
    }

    /** What is, or may be, active here. */
    Role role() {
        return role;
    }

    boolean isExclusive() {
        return token != 0 && role.isActive();
    }

    boolean isPromotable() {
        return resource instanceof PromotableResource;
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    /** Nothing new is to be run here; what is active can still be stopped. */
    void withdraw() {
        withdrawn = true;
    }

    void execute(OperationOrder order, Consumer<OperationOutcome> done) {
        Job job = new Job(order, done);
        if (waiting.size() >= (order.isNews() ? MAX_NEWS : MAX_WAITING)) {
            job.answer(Outcomes.impossible(ReturnCode.GENERIC_ERROR, "too many operations wait for " + name));
            return;
        }
        if (job.isEnding()) {
            dropNews(word(order.operation()) + " of " + name + " does not wait for it");
        }
        waiting.add(job);
        if (!order.isNews()) {
            job.waitAtMost(loop.schedule(order.timeout().toNanos(), () -> giveUp(job)));
        }
        runNext();
    }

    private void giveUp(Job job) {
        if (waiting.remove(job)) {
            String before = running == null ? "another operation" : word(running.order.operation());
            job.answer(Outcomes.timedOut(
                    before + " of " + name + " still runs", job.order.timeout().toMillis()));
        }
    }

    /** Drops what waits, and interrupts what runs unless it makes the resource less active. */
    void giveUpAll(String reason) {
        List<Job> dropped = new ArrayList<>(waiting);
        waiting.clear();
        dropped.forEach(job -> job.answer(Outcomes.cancelled(reason)));
        if (task != null && running != null && !running.isEnding()) {
            task.cancel();
        }
    }

    /** A listener must not make a stop late: it could be fenced for that. */
    private void dropNews(String reason) {
        List<Job> dropped = waiting.stream().filter(job -> job.order.isNews()).toList();
        waiting.removeAll(dropped);
        dropped.forEach(job -> job.answer(Outcomes.cancelled(reason)));
        if (task != null && running != null && running.order.isNews()) {
            task.cancel();
        }
    }

    /** Calls back when no call is under way and none waits; or the other way when that takes too long. */
    void whenIdle(Duration patience, Runnable idle, Runnable late) {
        idleListeners.add(idle);
        loop.schedule(patience.toNanos(), () -> {
            if (idleListeners.remove(idle)) {
                late.run();
            }
        });
        tellIfIdle();
    }

    private void runNext() {
        Job next = running == null ? nextInTime() : null;
        if (next != null) {
            begin(next);
        }
        tellIfIdle();
    }

    /** What waited until its term was over is not begun any more: others may have taken the role by now. */
    private @Nullable Job nextInTime() {
        Job next = waiting.poll();
        while (next != null && (isOutOfTerm(next.order) || needsWhatIsStopped(next.order))) {
            next.answer(Outcomes.cancelled(
                    isOutOfTerm(next.order) ? "its term was over before it began" : name + " is stopped here"));
            next = waiting.poll();
        }
        return next;
    }

    /** The cluster may not have heard yet that this node stopped it by itself. */
    private boolean needsWhatIsStopped(OperationOrder order) {
        boolean needs = order.operation() == OperationName.PROMOTE || order.operation() == OperationName.NOTIFY;
        return needs && !role.isActive();
    }

    private boolean isOutOfTerm(OperationOrder order) {
        return order.token() != 0
                && terms.apply(order.token()).filter(Term::isHeld).isEmpty();
    }

    private void tellIfIdle() {
        if (running == null && waiting.isEmpty() && !idleListeners.isEmpty()) {
            List<Runnable> told = new ArrayList<>(idleListeners);
            idleListeners.clear();
            told.forEach(Runnable::run);
        }
    }

    private void begin(Job job) {
        running = job;
        job.begin();
        mayBecome(job.order);
        long startedAt = loop.clock().nanoTime();
        Operation operation = new Operation(job.order, node, told(job.order), terms.apply(token), loop.clock());
        Role before = role;
        task = workers.run(
                name + "-" + word(job.order.operation()),
                job.order.timeout(),
                () -> callInTerm(job.order, operation),
                outcome -> loop.execute(() -> ended(job, operation, before, outcome, startedAt)));
    }

    /** What it was started with counts until it is started or reloaded anew; of what was found active only the order knows. */
    private SortedMap<String, String> told(OperationOrder order) {
        switch (order.operation()) {
            case START, RELOAD, MIGRATE_FROM -> parameters = order.parameters();
            default -> {}
        }
        return parameters.isEmpty() ? order.parameters() : parameters;
    }

    /** From the moment in which it is told to become active, it may be. */
    private void mayBecome(OperationOrder order) {
        if (order.token() != 0) {
            token = order.token();
        }
        boolean starts = order.operation() == OperationName.START || order.operation() == OperationName.MIGRATE_FROM;
        if (starts && !role.isActive()) {
            role = startedRole();
        } else if (order.operation() == OperationName.PROMOTE) {
            role = Role.PROMOTED;
        }
    }

    private Role startedRole() {
        return isPromotable() ? Role.UNPROMOTED : Role.STARTED;
    }

    /** On a worker thread, which may have been stopped since the loop looked at the term. */
    private Health callInTerm(OperationOrder order, Operation operation) throws Exception {
        if (isOutOfTerm(order)) {
            throw new IllegalStateException("its term was over before it began");
        }
        if (order.notice().isPresent()) {
            notified().notified(order.notice().get(), operation);
            return Health.OK;
        }
        return call(order.operation(), operation);
    }

    /** On a worker thread. */
    private Health call(OperationName name, Operation operation) throws Exception {
        switch (name) {
            case START -> resource.start(operation);
            case STOP -> resource.stop(operation);
            case MONITOR -> {
                return resource.monitor(operation);
            }
            case PROMOTE -> promotable().promote(operation);
            case DEMOTE -> promotable().demote(operation);
            case MIGRATE_TO -> migratable().migrateTo(operation);
            case MIGRATE_FROM -> migratable().migrateFrom(operation);
            case RELOAD -> reloadable().reload(operation);
            default -> throw new UnsupportedOperationException(this.name + " has no operation " + word(name));
        }
        return Health.OK;
    }

    private PromotableResource promotable() {
        if (resource instanceof PromotableResource promotable) {
            return promotable;
        }
        throw new UnsupportedOperationException(name + " can't be promoted: implement PromotableResource");
    }

    private MigratableResource migratable() {
        if (resource instanceof MigratableResource migratable) {
            return migratable;
        }
        throw new UnsupportedOperationException(name + " can't migrate: implement MigratableResource");
    }

    private NotifiedResource notified() {
        if (resource instanceof NotifiedResource notified) {
            return notified;
        }
        throw new UnsupportedOperationException(name + " can't hear of its peers: implement NotifiedResource");
    }

    private ReloadableResource reloadable() {
        if (resource instanceof ReloadableResource reloadable) {
            return reloadable;
        }
        throw new UnsupportedOperationException(
                name + " can't take over parameters while it runs: implement ReloadableResource");
    }

    private void ended(Job job, Operation operation, Role before, Outcome<Health> outcome, long startedAt) {
        long millis = (loop.clock().nanoTime() - startedAt) / 1_000_000;
        OperationOutcome result = judge(job, operation, before, outcome, millis);
        lastScore = operation.score().isPresent() ? operation.score() : lastScore;
        if (result.status() == OperationStatus.DONE) {
            hasBecome(job.order.operation(), result.code());
        }
        job.answer(result);
        release(job);
    }

    private OperationOutcome judge(Job job, Operation operation, Role before, Outcome<Health> outcome, long millis) {
        if (outcome instanceof Outcome.Done<Health> done) {
            return job.is(OperationName.MONITOR)
                    ? Outcomes.of(done.result(), before, millis, scoreFound(operation, before))
                    : Outcomes.done(millis, operation.score());
        }
        if (outcome instanceof Outcome.Failed<Health> failed) {
            return Outcomes.failed(failed.error(), millis);
        }
        String limit = job.order.timeout().toMillis() + " ms";
        return Outcomes.timedOut(word(job.order.operation()) + " of " + name + " took longer than " + limit, millis);
    }

    /** The cluster forgets the score of a node that it took for lost: who finds it active there says it again. */
    private OptionalInt scoreFound(Operation operation, Role before) {
        return operation.score().isPresent() || !before.isActive() ? operation.score() : lastScore;
    }

    private void hasBecome(OperationName operation, ReturnCode code) {
        if (code == ReturnCode.OK) {
            switch (operation) {
                case STOP -> becomes(Role.STOPPED);
                case DEMOTE -> becomes(Role.UNPROMOTED);
                case MIGRATE_TO -> token = 0;
                default -> {}
            }
        }
        if (operation == OperationName.MONITOR && code == ReturnCode.NOT_RUNNING) {
            becomes(Role.STOPPED);
        } else if (operation == OperationName.MONITOR && code == ReturnCode.OK && !role.isActive()) {
            becomes(startedRole());
        } else if (operation == OperationName.MONITOR && code == ReturnCode.RUNNING_PROMOTED) {
            role = Role.PROMOTED;
        }
    }

    private void becomes(Role newRole) {
        role = newRole;
        boolean termOver = newRole == Role.STOPPED || newRole == Role.UNPROMOTED;
        if (termOver) {
            token = 0;
        }
        if (newRole == Role.STOPPED) {
            parameters = Collections.emptySortedMap();
        }
    }

    /** Lets the next operation in, once the call has really ended. */
    private void release(Job job) {
        if (running != job) {
            return;
        }
        if (task != null && task.isRunning()) {
            loop.schedule(HUNG_POLL.toNanos(), () -> release(job));
            return;
        }
        running = null;
        task = null;
        runNext();
    }

    private static String word(OperationName name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
