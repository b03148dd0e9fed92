package dev.ha4j.api.report;

import dev.ha4j.api.Score;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the cluster would do next.
 *
 * @param steps in an order in which they may be done
 * @param blocked what can't be done, and why, one sentence each
 * @param scores by name of the resource, then of the node
 */
public record PlanReport(
        List<Step> steps, List<String> blocked, SortedMap<String, SortedMap<String, NodeScore>> scores) {

    /**
     * One step.
     *
     * @param id rising from 0
     * @param action as in {@code start ledger on b in a term}
     * @param reason in words; empty if there is nothing to say
     * @param after ids of the steps that have to end well before
     */
    public record Step(int id, String action, String reason, SortedSet<Integer> after) {
        public Step {
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(reason, "reason");
            after = Collections.unmodifiableSortedSet(new TreeSet<>(after));
        }
    }

    /**
     * How much a node is liked for a resource.
     *
     * @param total minus infinity if it may not run there
     * @param parts what the total was made of, in words
     */
    public record NodeScore(Score total, List<String> parts) {
        public NodeScore {
            Objects.requireNonNull(total, "total");
            parts = List.copyOf(parts);
        }
    }

    public PlanReport {
        steps = List.copyOf(steps);
        blocked = List.copyOf(blocked);
        TreeMap<String, SortedMap<String, NodeScore>> copy = new TreeMap<>();
        scores.forEach(
                (resource, nodes) -> copy.put(resource, Collections.unmodifiableSortedMap(new TreeMap<>(nodes))));
        scores = Collections.unmodifiableSortedMap(copy);
    }

    /** Nothing can be done at all. */
    public static PlanReport nothing(String why) {
        return new PlanReport(List.of(), List.of(why), Collections.emptySortedMap());
    }

    /** Whether nothing would be done. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The actions alone, in their order. */
    public List<String> actions() {
        return steps.stream().map(Step::action).toList();
    }
}
