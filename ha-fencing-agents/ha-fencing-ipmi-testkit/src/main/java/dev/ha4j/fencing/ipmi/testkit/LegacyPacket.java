package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.ipmi.wire.OctetWriter;
import dev.ha4j.fencing.ipmi.wire.Octets;
import dev.ha4j.fencing.ipmi.wire.RmcpPacket;
import java.util.Optional;

/**
 * The IPMI 1.5 frame without authentication, in which consoles ask what a BMC can do before they open an RMCP+ session
 * (IPMI 2.0, 13.6).
 *
 * @param message an IPMI message
 */
record LegacyPacket(Octets message) {

    private static final int NO_AUTHENTICATION = 0x00;
    private static final int HEADER_BYTES = 14;

    static Optional<LegacyPacket> decode(Octets datagram) {
        if (datagram.length() < HEADER_BYTES
                || datagram.unsigned(0) != RmcpPacket.RMCP_HEADER.unsigned(0)
                || datagram.unsigned(3) != RmcpPacket.RMCP_HEADER.unsigned(3)
                || datagram.unsigned(4) != NO_AUTHENTICATION
                || datagram.int32(9) != 0) {
            return Optional.empty();
        }
        int end = HEADER_BYTES + datagram.unsigned(13);
        return end > datagram.length()
                ? Optional.empty()
                : Optional.of(new LegacyPacket(datagram.slice(HEADER_BYTES, end)));
    }

    Octets encode() {
        return new OctetWriter()
                .octets(RmcpPacket.RMCP_HEADER)
                .bytes(NO_AUTHENTICATION)
                .int32(0)
                .int32(0)
                .bytes(message.length())
                .octets(message)
                .toOctets();
    }
}
