package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.RejectReason;
import java.nio.ByteBuffer;

/** What a datagram turned out to be. */
@SuppressWarnings("ArrayRecordComponent") // packets are handed over, not compared
public sealed interface OpenResult {

    /**
     * An authentic packet of a confirmed session, received for the first time.
     *
     * @param plaintext from its position to its limit; good until the next packet is opened
     */
    record Opened(NodeId sender, ByteBuffer plaintext) implements OpenResult {}

    /**
     * A handshake packet that asks for an answer.
     *
     * @param peer where to send the answer: to the configured address, never to the source address
     * @param datagram the answer, no longer than what was received
     * @param confirmed whether this step proved the peer to be alive
     */
    record HandshakeReply(NodeId peer, byte[] datagram, boolean confirmed) implements OpenResult {}

    /** The last step of a handshake: the peer is alive, and its packets will be opened from now on. */
    record Confirmed(NodeId peer) implements OpenResult {}

    /** Dropped and counted. */
    record Rejected(RejectReason reason) implements OpenResult {}
}
