package dev.ha4j.totem;

import dev.ha4j.api.NodeId;

/** A member has something to send: the representative should not hold the token. */
public record HoldCancel(RingId ring, NodeId sender) implements TotemMessage {}
