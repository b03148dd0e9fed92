package dev.ha4j.api;

import dev.ha4j.api.config.OperationName;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an instance of a clone hears of its peers, itself included.
 *
 * @param phase before or after
 * @param operations what is about to be done, or was, and on which nodes, by name: START, STOP, PROMOTE, DEMOTE. The end of a lost node,
 *     once it is proven, is a STOP, and a DEMOTE if it was promoted
 * @param active nodes on which the resource is active, by name, with its role: before the operations, or after them
 */
public record Notice(
        Phase phase, SortedMap<OperationName, SortedSet<String>> operations, SortedMap<String, Role> active) {

    /** Whether it is still to come. */
    public enum Phase {
        BEFORE,
        AFTER
    }

    public Notice {
        Objects.requireNonNull(phase, "phase");
        TreeMap<OperationName, SortedSet<String>> copy = new TreeMap<>();
        for (Map.Entry<OperationName, SortedSet<String>> operation : operations.entrySet()) {
            copy.put(operation.getKey(), Collections.unmodifiableSortedSet(new TreeSet<>(operation.getValue())));
        }
        operations = Collections.unmodifiableSortedMap(copy);
        active = Collections.unmodifiableSortedMap(new TreeMap<>(active));
    }

    /** Nodes on which this is about to be done, or was, by name; none if it is not. */
    public SortedSet<String> nodes(OperationName operation) {
        return operations.getOrDefault(operation, Collections.emptySortedSet());
    }

    public boolean isBefore() {
        return phase == Phase.BEFORE;
    }
}
