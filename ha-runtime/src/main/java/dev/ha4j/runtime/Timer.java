package dev.ha4j.runtime;

/** A task that an {@link EventLoop} will run later. */
@FunctionalInterface
public interface Timer {

    /** Cancels the task if it has not started; on the loop itself a cancelled task never runs. */
    void cancel();
}
