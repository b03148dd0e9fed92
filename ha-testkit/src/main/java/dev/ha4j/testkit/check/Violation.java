package dev.ha4j.testkit.check;

import java.util.Locale;

/**
 * A guarantee that was broken.
 *
 * @param rule short name of the rule, as in docs/testing.md
 * @param atNanos virtual time
 * @param what in one sentence
 */
public record Violation(String rule, long atNanos, String what) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s at %.3f s: %s", rule, atNanos / 1e9, what);
    }
}
