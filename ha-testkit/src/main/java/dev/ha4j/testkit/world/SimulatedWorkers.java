package dev.ha4j.testkit.world;

import dev.ha4j.runtime.Workers;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Worker threads in virtual time: work runs inline at one instant, and takes as long as it says ({@link VirtualTime#spend}).
 * Outcomes are reported when that time is over, or at the timeout.
 */
final class SimulatedWorkers implements Workers {

    private final VirtualTime time;
    private final Life life;
    private final HostClock clock;
    private final SplittableRandom random;
    private final LongSupplier maxStartNanos;

    SimulatedWorkers(
            VirtualTime time, Life life, HostClock clock, SplittableRandom random, LongSupplier maxStartNanos) {
        this.time = time;
        this.life = life;
        this.clock = clock;
        this.random = random;
        this.maxStartNanos = maxStartNanos;
    }

    @Override
    public <T> Task run(String name, Duration timeout, Callable<T> work, Consumer<? super Outcome<T>> done) {
        Running<T> running = new Running<>(work, done, clock.worldNanos(timeout.toNanos()));
        time.after(random.nextLong(maxStartNanos.getAsLong() + 1), () -> life.run(Life.Kind.USER, running::begin));
        return running;
    }

    private final class Running<T> implements Task {
        private final Callable<T> work;
        private final Consumer<? super Outcome<T>> done;
        private final long timeoutNanos;
        private boolean ended;
        private boolean answered;
        private boolean cancelled;

        Running(Callable<T> work, Consumer<? super Outcome<T>> done, long timeoutNanos) {
            this.work = work;
            this.done = done;
            this.timeoutNanos = timeoutNanos;
        }

        void begin() {
            if (cancelled) {
                end(new Outcome.Failed<>(new InterruptedException("cancelled before it began")));
                return;
            }
            long deadlineNanos = time.now() + timeoutNanos;
            Outcome<T> outcome = call();
            if (time.now() <= deadlineNanos) {
                time.after(0, () -> life.run(Life.Kind.USER, () -> end(outcome)));
                return;
            }
            time.at(time.now(), () -> life.run(Life.Kind.USER, () -> ended = true));
            atWorldTime(deadlineNanos, () -> answer(new Outcome.TimedOut<>()));
        }

        /** Not before the deadline, though the work has already said that it takes longer. */
        private void atWorldTime(long atNanos, Runnable task) {
            time.atInstant(atNanos, () -> life.run(Life.Kind.USER, task));
        }

        // The work is the user's: whatever it throws is its outcome.
        private Outcome<T> call() {
            try {
                return new Outcome.Done<>(work.call());
            } catch (SimulationFailure failure) {
                throw failure;
            } catch (Throwable error) {
                return new Outcome.Failed<>(error);
            }
        }

        private void end(Outcome<T> outcome) {
            ended = true;
            answer(outcome);
        }

        private void answer(Outcome<T> outcome) {
            if (!answered) {
                answered = true;
                done.accept(outcome);
            }
        }

        @Override
        public boolean isRunning() {
            return !ended;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
