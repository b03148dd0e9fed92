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
 * @param checked whether its path was gone through since the node started
 * @param problems what the check found; empty if all was well
 */
public record FenceReport(
        String device, SortedSet<String> targets, ProofLevel level, boolean checked, List<String> problems) {

    public FenceReport {
        Objects.requireNonNull(device, "device");
        targets = Collections.unmodifiableSortedSet(new TreeSet<>(targets));
        Objects.requireNonNull(level, "level");
        problems = List.copyOf(problems);
    }
}
