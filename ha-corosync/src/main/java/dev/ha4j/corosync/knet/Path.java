package dev.ha4j.corosync.knet;

import dev.ha4j.api.NodeId;

/** A link to a node. */
public record Path(NodeId node, int link) {}
