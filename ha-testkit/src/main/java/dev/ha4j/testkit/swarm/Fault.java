package dev.ha4j.testkit.swarm;

import java.util.Locale;

/**
 * One thing that goes wrong at a certain time.
 *
 * @param atNanos virtual time
 * @param target number of a node, or {@link #CONTROLLER} or {@link #HOLDER} as it is found then
 * @param other depends on the kind
 * @param forNanos until it ends by itself; 0 if it has no end
 * @param strength depends on the kind
 */
public record Fault(long atNanos, FaultKind kind, int target, int other, long forNanos, long strength)
        implements Comparable<Fault> {

    /** Whoever is designated controller. */
    public static final int CONTROLLER = -1;

    /** Whoever is active in the exclusive role of some resource. */
    public static final int HOLDER = -2;

    private static final double NANOS = 1e9;

    @Override
    public int compareTo(Fault that) {
        return Long.compare(atNanos, that.atNanos);
    }

    /** One line for a trace. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "at=%.9f kind=%s target=%d other=%d for=%.9f strength=%d",
                atNanos / NANOS,
                kind,
                target,
                other,
                forNanos / NANOS,
                strength);
    }
}
