package dev.ha4j.totem;

import dev.ha4j.api.NodeId;

/** A representative shows its ring to configured nodes that are not members. */
public record MergeDetect(RingId ring, NodeId sender) implements TotemMessage {}
