package dev.ha4j.controller.exchange;

import dev.ha4j.api.NodeId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a member knows of nodes that an operator declares down.
 *
 * @param objections why one of them may be alive, by node
 * @param fenceable those that have a fence device
 * @param proven those that this member's devices confirmed to be off since there is no quorum
 */
public record Opinion(SortedMap<NodeId, String> objections, SortedSet<NodeId> fenceable, SortedSet<NodeId> proven) {

    public Opinion {
        objections = Collections.unmodifiableSortedMap(new TreeMap<>(objections));
        fenceable = Collections.unmodifiableSortedSet(new TreeSet<>(fenceable));
        proven = Collections.unmodifiableSortedSet(new TreeSet<>(proven));
    }
}
