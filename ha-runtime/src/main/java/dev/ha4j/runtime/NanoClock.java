package dev.ha4j.runtime;

/** A monotonic clock with an arbitrary origin, in nanoseconds; safe for use by any thread. */
@FunctionalInterface
public interface NanoClock {

    long nanoTime();
}
