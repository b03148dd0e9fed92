package dev.ha4j.api;

/**
 * A preference in the scheduler's arithmetic: -1,000,000 (must not) to 1,000,000 (must), where the ends are infinite.
 *
 * @param value from {@link #MIN} to {@link #MAX}
 */
public record Score(int value) implements Comparable<Score> {

    public static final int MAX = 1_000_000;
    public static final int MIN = -MAX;
    public static final Score INFINITY = new Score(MAX);
    public static final Score MINUS_INFINITY = new Score(MIN);
    public static final Score ZERO = new Score(0);

    public Score {
        value = Math.max(MIN, Math.min(MAX, value));
    }

    public static Score of(int value) {
        return new Score(value);
    }

    /** The sum, in which minus infinity beats infinity and infinity beats all finite scores. */
    public Score plus(Score other) {
        if (value == MIN || other.value == MIN) {
            return MINUS_INFINITY;
        }
        if (value == MAX || other.value == MAX) {
            return INFINITY;
        }
        return new Score(value + other.value);
    }

    public Score negate() {
        return new Score(-value);
    }

    public boolean isInfinite() {
        return value == MAX || value == MIN;
    }

    @Override
    public int compareTo(Score other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value == MAX ? "INFINITY" : value == MIN ? "-INFINITY" : Integer.toString(value);
    }
}
