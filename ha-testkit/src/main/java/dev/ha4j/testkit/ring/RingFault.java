package dev.ha4j.testkit.ring;

import java.util.Locale;

/**
 * One thing that goes wrong at a certain time.
 *
 * @param target number of a node
 * @param other number of another
 * @param strength depends on the kind
 */
record RingFault(RingFaultKind kind, long atNanos, long forNanos, int target, int other, int link, long strength) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "at=%.6f kind=%s target=%d other=%d link=%d for=%.6f strength=%d",
                atNanos / 1e9,
                kind,
                target,
                other,
                link,
                forNanos / 1e9,
                strength);
    }
}
