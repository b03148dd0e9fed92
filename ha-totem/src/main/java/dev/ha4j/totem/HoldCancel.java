package dev.ha4j.totem;

import dev.ha4j.api.NodeId;

/** A member has something to send, or misses something: who keeps the token of an idle or quiet ring should lend it. */
public record HoldCancel(RingId ring, NodeId sender) implements TotemMessage {}
