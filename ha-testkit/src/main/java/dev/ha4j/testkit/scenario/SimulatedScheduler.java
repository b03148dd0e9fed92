package dev.ha4j.testkit.scenario;

import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.UserThreads;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Threads of one process in virtual time, as many as there is to do. They freeze and end with the process. */
final class SimulatedScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private static final long POLL_NANOS = 1_000_000;

    private final NodeProcess process;
    private final UserThreads threads;
    private final LongSupplier now;
    private final Set<Task<?>> pending = new LinkedHashSet<>();
    private boolean shutdown;

    SimulatedScheduler(NodeProcess process, UserThreads threads, LongSupplier now) {
        this.process = process;
        this.threads = threads;
        this.now = now;
    }

    @Override
    public void execute(Runnable command) {
        add(new Task<>(Executors.callable(command), 0, false), 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return begin(new Task<>(Executors.callable(command), 0, false), unit.toNanos(delay));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return begin(new Task<>(callable, 0, false), unit.toNanos(delay));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return begin(
                new Task<>(Executors.callable(command), positive(unit.toNanos(period)), true),
                unit.toNanos(initialDelay));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return begin(
                new Task<>(Executors.callable(command), positive(unit.toNanos(delay)), false),
                unit.toNanos(initialDelay));
    }

    private static long positive(long nanos) {
        if (nanos <= 0) {
            throw new IllegalArgumentException("a period has to be longer than nothing");
        }
        return nanos;
    }

    private <T extends Task<?>> T begin(T task, long delayNanos) {
        add(task, delayNanos);
        return task;
    }

    private void add(Task<?> task, long delayNanos) {
        if (shutdown) {
            throw new RejectedExecutionException("the scheduler was shut down");
        }
        pending.add(task);
        task.begin(Math.max(0, delayNanos));
    }

    @Override
    public void shutdown() {
        shutdown = true;
        pending.stream().filter(task -> task.periodNanos > 0).toList().forEach(task -> task.cancel(false));
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        List<Task<?>> waiting = pending.stream().filter(Task::isWaiting).toList();
        List.copyOf(pending).forEach(task -> task.cancel(true));
        return List.copyOf(waiting);
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && pending.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = now.getAsLong() + unit.toNanos(timeout);
        while (!isTerminated() && now.getAsLong() < deadline) {
            threads.rest(Math.min(POLL_NANOS, deadline - now.getAsLong()));
        }
        return isTerminated();
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new VirtualFuture<>(callable);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        return new VirtualFuture<>(Executors.callable(runnable, value));
    }

    /** Waits in virtual time. */
    private class VirtualFuture<V> extends FutureTask<V> {

        VirtualFuture(Callable<V> callable) {
            super(callable);
        }

        @Override
        public V get() throws InterruptedException, ExecutionException {
            while (!isDone()) {
                threads.rest(POLL_NANOS);
            }
            return super.get();
        }

        @Override
        public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            long deadline = now.getAsLong() + unit.toNanos(timeout);
            while (!isDone() && now.getAsLong() < deadline) {
                threads.rest(POLL_NANOS);
            }
            return super.get(0, unit);
        }
    }

    private final class Task<V> extends VirtualFuture<V> implements ScheduledFuture<V> {
        private final long periodNanos;
        private final boolean fixedRate;
        private long dueNanos;
        private UserThreads.@Nullable Call call;

        /** Done again and again if it has a period. */
        Task(Callable<V> callable, long periodNanos, boolean fixedRate) {
            super(callable);
            this.periodNanos = periodNanos;
            this.fixedRate = fixedRate;
        }

        void begin(long delayNanos) {
            dueNanos = now.getAsLong() + delayNanos;
            process.later(delayNanos, () -> {
                if (!isDone()) {
                    call = threads.begin(process, process.host() + " scheduled task", this::work, this::worked);
                }
            });
        }

        boolean isWaiting() {
            return call == null || call.isOver();
        }

        private void work() {
            if (periodNanos > 0) {
                runAndReset();
            } else {
                run();
            }
        }

        private void worked() {
            if (isDone()) {
                pending.remove(this);
            } else {
                long next = fixedRate ? Math.max(0, dueNanos + periodNanos - now.getAsLong()) : periodNanos;
                begin(next);
            }
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(false);
            UserThreads.Call running = call;
            if (running == null || isWaiting()) {
                pending.remove(this);
            } else if (mayInterrupt) {
                process.later(0, running::interrupt);
            }
            return cancelled;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - now.getAsLong(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
