package dev.ha4j.testkit.world;

import dev.ha4j.api.NodeId;

/**
 * A ring message on its way.
 *
 * @param life which of the sender's
 */
record Packet(NodeId sender, int life, NodeId target, byte[] bytes) {}
