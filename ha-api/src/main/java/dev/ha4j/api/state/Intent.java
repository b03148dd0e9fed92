package dev.ha4j.api.state;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is about to be done with instances of a clone, of which those that run hear before.
 *
 * @param operation what
 * @param nodes where
 */
public record Intent(OperationName operation, SortedSet<NodeId> nodes) {

    public Intent {
        Objects.requireNonNull(operation, "operation");
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }
}
