package dev.ha4j.node.rehearsal;

import dev.ha4j.runtime.Workers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Runs what on a real node needs a thread of its own; here it is known to be harmless and quick. */
record StageWorkers(StageLoop loop) implements Workers {

    @Override
    public <T> Task run(String name, Duration timeout, Callable<T> work, Consumer<? super Outcome<T>> done) {
        Work<T> task = new Work<>(work, done);
        loop.execute(task);
        return task;
    }

    private static final class Work<T> implements Task, Runnable {
        private final Callable<T> work;
        private final Consumer<? super Outcome<T>> done;
        private boolean running = true;

        Work(Callable<T> work, Consumer<? super Outcome<T>> done) {
            this.work = work;
            this.done = done;
        }

        @Override
        public void run() {
            Outcome<T> outcome = outcome();
            running = false;
            done.accept(outcome);
        }

        private Outcome<T> outcome() {
            try {
                return new Outcome.Done<>(work.call());
            } catch (Exception e) {
                return new Outcome.Failed<>(e);
            }
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public void cancel() {}
    }
}
