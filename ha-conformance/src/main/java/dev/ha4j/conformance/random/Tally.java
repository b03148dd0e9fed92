package dev.ha4j.conformance.random;

import java.util.Locale;

/** How many of which. */
final class Tally {
    private static final int LEVELS = 3;

    private final int[] agreed = new int[LEVELS + 1];
    private int compared;
    private int refused;

    void add(Comparison comparison) {
        if (comparison.refused()) {
            refused++;
            return;
        }
        compared++;
        for (int level = 1; level <= LEVELS; level++) {
            agreed[level] += comparison.agree(level) ? 1 : 0;
        }
    }

    double percent(int level) {
        return 100.0 * agreed[level] / Math.max(1, compared);
    }

    String describe(String what, String version) {
        StringBuilder text = new StringBuilder();
        text.append(compared).append(' ').append(what).append(" against ").append(version);
        for (int level = 1; level <= LEVELS; level++) {
            text.append(level == 1 ? ": " : ", ")
                    .append(String.format(
                            Locale.ROOT, "%d agree at L%d (%.1f %%)", agreed[level], level, percent(level)));
        }
        return text.append("; it can't do ").append(refused).append(" more").toString();
    }
}
