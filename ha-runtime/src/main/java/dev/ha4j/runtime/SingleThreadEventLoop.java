package dev.ha4j.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An {@link EventLoop} on a daemon thread of its own. Costs nothing while there is nothing to do. */
public final class SingleThreadEventLoop implements EventLoop, Executor, AutoCloseable {

    /** Tasks that may wait; whoever hands over one more is told so by an exception, for the loop must be stuck. */
    public static final int MAX_WAITING_TASKS = 1 << 20;

    /** How long {@link #close} waits for the task that runs. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(SingleThreadEventLoop.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Scheduled> timers = new PriorityQueue<>(Scheduled.ORDER);
    private final Consumer<? super RuntimeException> onFailure;
    private final Thread thread;
    private long scheduled;
    private boolean closed;

    /**
     * Starts the thread.
     *
     * @param name of the thread
     * @param onFailure hears, on the loop, what a task threw; the loop goes on
     */
    public SingleThreadEventLoop(String name, Consumer<? super RuntimeException> onFailure) {
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * {@inheritDoc}
     *
     * @throws RejectedExecutionException if {@value #MAX_WAITING_TASKS} tasks wait already
     */
    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (tasks.size() >= MAX_WAITING_TASKS) {
                throw new RejectedExecutionException(thread.getName() + " is stuck: " + tasks.size() + " tasks wait");
            }
            if (!closed) {
                tasks.add(task);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        lock.lock();
        try {
            Scheduled timer = new Scheduled(System.nanoTime() + Math.max(0, delayNanos), scheduled++, task);
            if (!closed) {
                timers.add(timer);
                changed.signal();
            }
            return () -> cancel(timer);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public NanoClock clock() {
        return System::nanoTime;
    }

    /** Whether the caller is this loop. */
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Drops what waits, and ends the thread once the task that runs has ended; waits for it, unless called by it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            tasks.clear();
            timers.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (!isCurrent()) {
            Threads.join(thread, CLOSE_TIMEOUT);
        }
    }

    private void cancel(Scheduled timer) {
        lock.lock();
        try {
            timers.remove(timer);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (Optional<Runnable> task = next(); task.isPresent(); task = next()) {
            try {
                task.get().run();
            } catch (RuntimeException e) {
                LOG.error("a task of {} failed", thread.getName(), e);
                onFailure.accept(e);
            }
        }
    }

    /** Waits for a task, a timer that is due (these go first), or the end. */
    private Optional<Runnable> next() {
        lock.lock();
        try {
            while (!closed) {
                Scheduled timer = timers.peek();
                long wait = timer == null ? Long.MAX_VALUE : timer.at - System.nanoTime();
                if (timer != null && wait <= 0) {
                    timers.remove();
                    return Optional.of(timer.task);
                }
                Runnable task = tasks.poll();
                if (task != null) {
                    return Optional.of(task);
                }
                await(wait);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings({"WaitNotInLoop", "ResultOfMethodCallIgnored"})
    private void await(long nanos) {
        try {
            changed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted, which means nothing to it", thread.getName(), e);
        }
    }

    /** A task and when it is due; compared by identity when it is cancelled. */
    @SuppressWarnings("ClassCanBeRecord")
    private static final class Scheduled {

        static final Comparator<Scheduled> ORDER = (left, right) ->
                left.at != right.at ? Long.signum(left.at - right.at) : Long.compare(left.number, right.number);

        final long at;
        final long number;
        final Runnable task;

        Scheduled(long at, long number, Runnable task) {
            this.at = at;
            this.number = number;
            this.task = task;
        }
    }
}
