package dev.ha4j.fencing.ipmi.wire;

import java.util.Optional;

/**
 * One RMCP+ datagram, split at its session header (IPMI 2.0, table 13-8). A protected packet's payload is still
 * encrypted; {@link SessionCipher} opens it.
 *
 * @param payloadType one of {@link PayloadType}
 * @param encrypted whether the payload is encrypted
 * @param authenticated whether an authentication code follows the payload
 * @param sessionId the receiver's session id, 0 outside a session
 * @param sequence the session sequence number, 0 outside a session
 * @param payload the bytes between header and trailer
 * @param trailer integrity padding and authentication code, empty outside a session
 */
public record RmcpPacket(
        int payloadType,
        boolean encrypted,
        boolean authenticated,
        int sessionId,
        int sequence,
        Octets payload,
        Octets trailer) {

    /** The largest datagram that either side accepts, in bytes. */
    public static final int MAX_BYTES = 1024;

    /** RMCP header: version 6, no RMCP acknowledgement (sequence 0xFF), class IPMI. */
    public static final Octets RMCP_HEADER = Octets.ofUnsigned(0x06, 0x00, 0xFF, 0x07);

    static final int AUTHENTICATION_TYPE_RMCP_PLUS = 0x06;
    static final int ENCRYPTED = 0x80;
    static final int AUTHENTICATED = 0x40;
    private static final int HEADER_BYTES = 16;

    /** A packet outside any session, as the handshake uses it. */
    public static Octets plain(int payloadType, Octets payload) {
        return header(payloadType, 0, 0, payload.length()).octets(payload).toOctets();
    }

    static OctetWriter header(int typeAndFlags, int sessionId, int sequence, int payloadBytes) {
        return new OctetWriter()
                .octets(RMCP_HEADER)
                .bytes(AUTHENTICATION_TYPE_RMCP_PLUS, typeAndFlags)
                .int32(sessionId)
                .int32(sequence)
                .int16(payloadBytes);
    }

    /** Reads a datagram; empty if it is none of RMCP+. */
    public static Optional<RmcpPacket> decode(Octets datagram) {
        if (datagram.length() < HEADER_BYTES || datagram.length() > MAX_BYTES || !isRmcpPlus(datagram)) {
            return Optional.empty();
        }
        int end = HEADER_BYTES + datagram.unsigned16(14);
        if (end > datagram.length()) {
            return Optional.empty();
        }
        int typeAndFlags = datagram.unsigned(5);
        return Optional.of(new RmcpPacket(
                typeAndFlags & 0x3F,
                (typeAndFlags & ENCRYPTED) != 0,
                (typeAndFlags & AUTHENTICATED) != 0,
                datagram.int32(6),
                datagram.int32(10),
                datagram.slice(HEADER_BYTES, end),
                datagram.from(end)));
    }

    private static boolean isRmcpPlus(Octets datagram) {
        return datagram.unsigned(0) == RMCP_HEADER.unsigned(0)
                && datagram.unsigned(3) == RMCP_HEADER.unsigned(3)
                && datagram.unsigned(4) == AUTHENTICATION_TYPE_RMCP_PLUS;
    }

    /** Whether the packet claims the protection that every packet of a session must have. */
    public boolean isProtected() {
        return encrypted && authenticated;
    }
}
