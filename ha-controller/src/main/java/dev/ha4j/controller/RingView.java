package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A regular configuration of the ring.
 *
 * @param sequence of the ring; rises with each configuration, never used twice
 * @param representative the member that formed the ring
 * @param members this node among them
 * @param leftCleanly those of the previous configuration that said good-bye to the ring; a hint for reports only: what counts
 *     is the clean leave that was recorded in the state
 */
public record RingView(long sequence, NodeId representative, SortedSet<NodeId> members, SortedSet<NodeId> leftCleanly) {

    public RingView {
        Objects.requireNonNull(representative, "representative");
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        leftCleanly = Collections.unmodifiableSortedSet(new TreeSet<>(leftCleanly));
    }
}
