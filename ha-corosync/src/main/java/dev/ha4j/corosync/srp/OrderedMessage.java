package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A message with a place in its ring's order. Keeps the packet as its sender made it, for whoever misses it gets the same bytes.
 *
 * @param sequence place in the order
 * @param encapsulated whether the payload is a message of an old ring, sent again while a new one forms
 * @param packet the whole packet, not to be changed
 * @param order byte order of its sender
 */
@SuppressWarnings("ArrayRecordComponent") // packets are not copied between socket and delivery
public record OrderedMessage(
        NodeId sender, RingId ring, int sequence, boolean encapsulated, byte[] packet, ByteOrder order)
        implements SrpMessage {

    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 45;

    /** A view of what is behind the header, in the byte order of the sender. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(packet, HEADER_BYTES, packet.length - HEADER_BYTES)
                .slice()
                .order(order);
    }

    @Override
    public String toString() {
        return ring + "/" + Integer.toUnsignedString(sequence) + " of " + sender
                + (encapsulated ? ", repeated, " : ", ") + packet.length + " bytes";
    }
}
