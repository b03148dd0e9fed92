package dev.ha4j.conformance.random;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded choices. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    /** From and to included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    void maybe(Map<String, String> values, int oneIn, String name, String value) {
        if (oneIn(oneIn)) {
            values.put(name, value);
        }
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
