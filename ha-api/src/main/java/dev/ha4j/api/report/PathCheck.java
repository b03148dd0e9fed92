package dev.ha4j.api.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The last time that a node went through the way to fence another one, up to the command itself.
 *
 * @param target name of the node that would be fenced
 * @param at when it was done
 * @param took how long it took
 * @param problems what is wrong; empty if the path is proven
 */
public record PathCheck(String target, Instant at, Duration took, List<String> problems) {

    public PathCheck {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(took, "took");
        problems = List.copyOf(problems);
    }

    public boolean isProven() {
        return problems.isEmpty();
    }
}
