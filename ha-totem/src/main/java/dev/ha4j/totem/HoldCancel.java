package dev.ha4j.totem;

import dev.ha4j.api.NodeId;

/** A member has something to send: who holds the token of the idle ring should lend it. */
public record HoldCancel(RingId ring, NodeId sender) implements TotemMessage {}
