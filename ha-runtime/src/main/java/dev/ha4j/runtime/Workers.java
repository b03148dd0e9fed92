package dev.ha4j.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Threads for what may block: methods of resources, fence devices, listeners. */
public interface Workers {

    /**
     * Runs the work on a worker thread, and interrupts it when the timeout has passed.
     *
     * @param name of the work, for thread names and reports
     * @param timeout after which the outcome is {@link Outcome.TimedOut}, whether or not the work has ended
     * @param done called exactly once, on any thread; must not block
     */
    <T> Task run(String name, Duration timeout, Callable<T> work, Consumer<? super Outcome<T>> done);

    /** Work that was handed over. */
    interface Task {

        /** Whether the work has not ended yet; true also after a timeout, for as long as it does not return. */
        boolean isRunning();

        /** Interrupts the work. */
        void cancel();
    }

    /** How work ended. */
    sealed interface Outcome<T> {

        record Done<T>(T result) implements Outcome<T> {}

        record Failed<T>(Throwable error) implements Outcome<T> {}

        /** The time was over before the work had ended: it may still run. */
        record TimedOut<T>() implements Outcome<T> {}
    }
}
