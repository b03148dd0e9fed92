package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;

/** A handshake packet to be sent to the configured address of {@code target}. */
@SuppressWarnings("ArrayRecordComponent") // packets are handed over, not compared
public record OutgoingHandshake(NodeId target, byte[] datagram) {}
