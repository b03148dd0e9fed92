package dev.ha4j.api.config;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What operations, terms and failures of a resource go by: the name of a primitive, with {@code :n} behind it if it is an instance
 * that differs from the others of its clone.
 *
 * @param primitive name of the primitive, without a colon
 * @param number of the instance, from 0 on; empty for what has only one, or whose instances are all alike
 */
public record InstanceName(String primitive, OptionalInt number) {

    /** As many digits as fit an int for sure. */
    private static final int MAX_DIGITS = 9;

    public InstanceName {
        Objects.requireNonNull(primitive, "primitive");
        Objects.requireNonNull(number, "number");
    }

    /** An instance that differs from others. */
    public static InstanceName of(String primitive, int number) {
        return new InstanceName(primitive, OptionalInt.of(number));
    }

    /** Reads what {@link #toString} writes; what has no number behind its last colon is a name as a whole. */
    public static InstanceName parse(String text) {
        int colon = text.lastIndexOf(':');
        String digits = text.substring(colon + 1);
        boolean numbered = colon >= 0
                && !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return numbered
                ? of(text.substring(0, colon), Integer.parseInt(digits))
                : new InstanceName(text, OptionalInt.empty());
    }

    /** The primitive of which this is an instance, or which it is. */
    public static String primitiveOf(String text) {
        return parse(text).primitive();
    }

    @Override
    public String toString() {
        return number.isPresent() ? primitive + ":" + number.getAsInt() : primitive;
    }
}
