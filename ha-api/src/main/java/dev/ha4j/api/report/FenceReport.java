package dev.ha4j.api.report;

import dev.ha4j.api.ProofLevel;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One fence device, as this node has come to know it.
 *
 * @param device its name
 * @param targets names of the nodes that it can fence
 * @param level what its confirmation proves
 * @param checks the last one of each path that this node has gone through since it started, by target
 */
public record FenceReport(String device, SortedSet<String> targets, ProofLevel level, List<PathCheck> checks) {

    public FenceReport {
        Objects.requireNonNull(device, "device");
        targets = Collections.unmodifiableSortedSet(new TreeSet<>(targets));
        Objects.requireNonNull(level, "level");
        checks = List.copyOf(checks);
    }

    /** What the checks found, with the names of the targets; empty if all was well. */
    public List<String> problems() {
        return checks.stream()
                .flatMap(check -> check.problems().stream().map(problem -> check.target() + ": " + problem))
                .toList();
    }
}
