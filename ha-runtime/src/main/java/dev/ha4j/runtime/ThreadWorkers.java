package dev.ha4j.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Workers} with a new daemon thread for each piece of work: user code is called seldom, may hang for ever, and shares
 * nothing with the next call. Timeouts are kept by an event loop.
 */
public final class ThreadWorkers implements Workers, AutoCloseable {

    /** Pieces of work that may be under way; one more fails at once. Hung ones count. */
    public static final int MAX_RUNNING = 1_024;

    /** How long {@link #close} waits for interrupted work. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadWorkers.class);

    private final String prefix;
    private final EventLoop timeouts;
    private final Set<Work<?>> running = ConcurrentHashMap.newKeySet();

    /**
     * Starts nothing yet.
     *
     * @param prefix of the names of threads
     * @param timeouts used for timers only
     */
    public ThreadWorkers(String prefix, EventLoop timeouts) {
        this.prefix = prefix;
        this.timeouts = timeouts;
    }

    @Override
    public <T> Task run(String name, Duration timeout, Callable<T> work, Consumer<? super Outcome<T>> done) {
        Work<T> task = new Work<>(prefix + "-" + name, work, done);
        if (running.size() >= MAX_RUNNING) {
            task.finish(
                    new Outcome.Failed<>(new IllegalStateException("too many pieces of work hang: " + running.size())));
            return task;
        }
        running.add(task);
        task.timer = timeouts.schedule(timeout.toNanos(), task::timeOut);
        task.thread.start();
        return task;
    }

    /** Interrupts all that runs, and waits a little for it to end. */
    @Override
    public void close() {
        running.forEach(Work::cancel);
        running.forEach(work -> Threads.join(work.thread, CLOSE_TIMEOUT));
    }

    private final class Work<T> implements Task {

        private final AtomicBoolean answered = new AtomicBoolean();
        private final Callable<T> work;
        private final Consumer<? super Outcome<T>> done;
        private final Thread thread;
        private volatile Timer timer = () -> {};

        Work(String name, Callable<T> work, Consumer<? super Outcome<T>> done) {
            this.work = work;
            this.done = done;
            this.thread = new Thread(this::call, name);
            thread.setDaemon(true);
        }

        private void call() {
            Outcome<T> outcome = outcome();
            running.remove(this);
            timer.cancel();
            finish(outcome);
        }

        /** The boundary to user code: whatever it throws, errors too, is its outcome. */
        private Outcome<T> outcome() {
            try {
                return new Outcome.Done<>(work.call());
            } catch (Throwable e) {
                return new Outcome.Failed<>(e);
            }
        }

        private void timeOut() {
            if (isRunning()) {
                LOG.debug("{} ran out of time", thread.getName());
                finish(new Outcome.TimedOut<>());
                thread.interrupt();
            }
        }

        void finish(Outcome<T> outcome) {
            if (answered.compareAndSet(false, true)) {
                done.accept(outcome);
            }
        }

        @Override
        public boolean isRunning() {
            return running.contains(this);
        }

        @Override
        public void cancel() {
            thread.interrupt();
        }
    }
}
