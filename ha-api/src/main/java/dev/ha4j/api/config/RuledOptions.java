package dev.ha4j.api.config;

import dev.ha4j.api.Score;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a resource has instead while an expression holds.
 *
 * @param when asked for each node for parameters; for the stickiness it can only be about the time
 * @param parameters instead of those of the same names
 * @param stickiness instead of its own; empty to leave that
 */
public record RuledOptions(Expression when, SortedMap<String, String> parameters, Optional<Score> stickiness) {

    public RuledOptions {
        Objects.requireNonNull(when, "when");
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        Objects.requireNonNull(stickiness, "stickiness");
    }

    static RuledOptions of(Expression when) {
        return new RuledOptions(when, new TreeMap<>(), Optional.empty());
    }

    public RuledOptions parameter(String name, String value) {
        TreeMap<String, String> all = new TreeMap<>(parameters);
        all.put(name, value);
        return new RuledOptions(when, all, stickiness);
    }

    public RuledOptions stickiness(int value) {
        return new RuledOptions(when, parameters, Optional.of(Score.of(value)));
    }
}
