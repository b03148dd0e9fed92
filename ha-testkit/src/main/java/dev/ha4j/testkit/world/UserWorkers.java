package dev.ha4j.testkit.world;

import dev.ha4j.runtime.Workers;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Worker threads of a process for code that may rest: as those of production, with {@link UserThreads} in virtual time. */
final class UserWorkers implements Workers {

    private final UserThreads threads;
    private final NodeProcess process;
    private final VirtualTime time;
    private final HostClock clock;
    private final SplittableRandom random;
    private final long maxStartNanos;

    UserWorkers(
            UserThreads threads,
            NodeProcess process,
            VirtualTime time,
            HostClock clock,
            SplittableRandom random,
            long maxStartNanos) {
        this.threads = threads;
        this.process = process;
        this.time = time;
        this.clock = clock;
        this.random = random;
        this.maxStartNanos = maxStartNanos;
    }

    @Override
    public <T> Task run(String name, Duration timeout, Callable<T> work, Consumer<? super Outcome<T>> done) {
        Running<T> running = new Running<>(name, work, done, clock.worldNanos(timeout.toNanos()));
        process.later(random.nextLong(maxStartNanos + 1), running::begin);
        return running;
    }

    private final class Running<T> implements Task {
        private final String name;
        private final Callable<T> work;
        private final Consumer<? super Outcome<T>> done;
        private final long timeoutNanos;
        private long deadlineNanos;
        private UserThreads.@Nullable Call call;
        private @Nullable Outcome<T> outcome;
        private boolean ended;
        private boolean answered;
        private boolean cancelled;

        Running(String name, Callable<T> work, Consumer<? super Outcome<T>> done, long timeoutNanos) {
            this.name = name;
            this.work = work;
            this.done = done;
            this.timeoutNanos = timeoutNanos;
        }

        void begin() {
            if (cancelled) {
                end(new Outcome.Failed<>(new InterruptedException("cancelled before it began")));
                return;
            }
            deadlineNanos = time.now() + timeoutNanos;
            process.later(timeoutNanos, this::timeOut);
            call = threads.begin(process, process.host() + " " + name, () -> outcome = outcome(), this::hasReturned);
        }

        // The work is the user's: whatever it throws is its outcome.
        private Outcome<T> outcome() {
            try {
                return new Outcome.Done<>(work.call());
            } catch (SimulationFailure failure) {
                throw failure;
            } catch (Throwable error) {
                if (threads.isClosed()) {
                    throw new SimulationFailure(name + " was left behind", error);
                }
                return new Outcome.Failed<>(error);
            }
        }

        /** The work may have said that it takes longer than it took: its outcome is known when that time is over. */
        private void hasReturned() {
            boolean inTime = time.now() <= deadlineNanos;
            process.later(0, () -> {
                ended = true;
                if (inTime && outcome != null) {
                    answer(outcome);
                }
            });
        }

        private void timeOut() {
            answer(new Outcome.TimedOut<>());
            if (call != null) {
                call.interrupt();
            }
        }

        private void end(Outcome<T> how) {
            ended = true;
            answer(how);
        }

        private void answer(Outcome<T> how) {
            if (!answered) {
                answered = true;
                done.accept(how);
            }
        }

        @Override
        public boolean isRunning() {
            return !ended;
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (call != null) {
                process.later(0, call::interrupt);
            }
        }
    }
}
