package dev.ha4j.runtime;

/**
 * The clock by which leases run out: monotonic, in nanoseconds, and it counts the time in which the machine was suspended.
 * Safe for use by any thread; cheap enough for every {@code isHeld()}. It can't see the pause of a whole virtual machine.
 */
@FunctionalInterface
public interface LeaseClock {

    long nanoTime();
}
