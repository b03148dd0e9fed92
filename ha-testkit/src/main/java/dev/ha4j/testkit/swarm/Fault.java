package dev.ha4j.testkit.swarm;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * One thing that goes wrong at a certain time.
 *
 * @param atNanos virtual time
 * @param target number of a node, or {@link #CONTROLLER}, {@link #HOLDER} or {@link #holderOf} as it is found then
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

    private static final int FIRST_HOLDER_OF = -10;

    private static final double NANOS = 1e9;

    /** As a target: whoever is active in the exclusive role of the primitive of this number. */
    public static int holderOf(int primitive) {
        return FIRST_HOLDER_OF - primitive;
    }

    /** Number of the primitive whose holder is the target; empty for other targets. */
    public static OptionalInt heldBy(int target) {
        return target <= FIRST_HOLDER_OF ? OptionalInt.of(FIRST_HOLDER_OF - target) : OptionalInt.empty();
    }

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
