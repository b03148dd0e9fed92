package dev.ha4j.testkit.swarm;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that goes wrong at a certain time.
 *
 * @param atNanos virtual time
 * @param target number of a node, or {@link #CONTROLLER} or {@link #HOLDER} as it is found then
 * @param other depends on the kind
 * @param forNanos until it ends by itself; 0 if it has no end
 * @param strength depends on the kind
 */
record Fault(long atNanos, FaultKind kind, int target, int other, long forNanos, long strength)
        implements Comparable<Fault> {

    /** Whoever is designated controller. */
    static final int CONTROLLER = -1;

    /** Whoever is active in the exclusive role of some resource. */
    static final int HOLDER = -2;

    private static final double NANOS = 1e9;

    @Override
    public int compareTo(Fault that) {
        return Long.compare(atNanos, that.atNanos);
    }

    /** One line that {@link #parse} reads. */
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

    static Fault parse(String line) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : line.strip().split(" +", -1)) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], pair[pair.length - 1]);
        }
        try {
            return new Fault(
                    nanos(fields.getOrDefault("at", "")),
                    FaultKind.valueOf(fields.getOrDefault("kind", "")),
                    Integer.parseInt(fields.getOrDefault("target", "")),
                    Integer.parseInt(fields.getOrDefault("other", "")),
                    nanos(fields.getOrDefault("for", "")),
                    Long.parseLong(fields.getOrDefault("strength", "")));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + line + "' is no fault: write it as --script prints it", e);
        }
    }

    private static long nanos(String seconds) {
        return Math.round(Double.parseDouble(seconds) * NANOS);
    }
}
