package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;

/** Somebody has work while the representative holds the token. */
public record HoldCancel(NodeId sender, RingId ring) implements SrpMessage {}
