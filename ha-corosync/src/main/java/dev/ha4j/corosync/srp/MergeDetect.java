package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;

/** Shows an idle ring to nodes that are not in it. */
public record MergeDetect(NodeId sender, RingId ring) implements SrpMessage {}
