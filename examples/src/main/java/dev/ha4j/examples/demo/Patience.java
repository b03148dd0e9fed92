package dev.ha4j.examples.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits, but never for ever. */
final class Patience {

    private static final long LOOK_NANOS = 5_000_000;

    private Patience() {}

    /** Looks until something is so. */
    static void until(Supplier<String> what, Duration limit, BooleanSupplier so) {
        get(what, limit, () -> so.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Looks until there is something. */
    static <T> T get(String what, Duration limit, Supplier<Optional<T>> look) {
        return get(() -> what, limit, look);
    }

    /** Looks until there is something; what was waited for is asked only when it did not come. */
    static <T> T get(Supplier<String> what, Duration limit, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Optional<T> found = look.get(); ; found = look.get()) {
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                throw new DemoFailure("waited " + limit.toMillis() / 1000.0 + " s for " + what.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Lets time pass in which something must not happen. */
    static void pass(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
