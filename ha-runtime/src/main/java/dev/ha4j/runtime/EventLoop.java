package dev.ha4j.runtime;

/** One thread that owns state: tasks run one after the other, each sees what earlier ones did. */
public interface EventLoop {

    /** Runs the task after those handed over before; from any thread. After the loop has ended, does nothing. */
    void execute(Runnable task);

    /** Runs the task when at least {@code delayNanos} have passed; from any thread. */
    Timer schedule(long delayNanos, Runnable task);

    /** The clock that {@link #schedule} goes by. */
    NanoClock clock();
}
