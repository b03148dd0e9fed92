package dev.ha4j.fencing.ipmi.wire;

import java.util.Optional;

/**
 * A request to the BMC (IPMI 2.0, 13.8).
 *
 * @param sequence 0..63, echoed by the response
 * @param networkFunction even, 0..62
 * @param command the command's number
 * @param data the command's arguments
 */
public record IpmiRequest(int sequence, int networkFunction, int command, Octets data) {

    static final int BMC_ADDRESS = 0x20;
    static final int CONSOLE_ADDRESS = 0x81;
    private static final int FRAME_BYTES = 7;

    /** The message with its two checksums. */
    public Octets encode() {
        OctetWriter body = new OctetWriter().bytes(CONSOLE_ADDRESS, sequence << 2, command);
        return Checksum.frame(
                BMC_ADDRESS, networkFunction << 2, body.octets(data).toOctets());
    }

    /** Reads a message; empty if it is no request or a checksum is wrong. */
    public static Optional<IpmiRequest> decode(Octets in) {
        if (in.length() < FRAME_BYTES || !Checksum.holds(in) || (in.unsigned(1) >>> 2 & 1) != 0) {
            return Optional.empty();
        }
        return Optional.of(new IpmiRequest(
                in.unsigned(4) >>> 2, in.unsigned(1) >>> 2, in.unsigned(5), in.slice(6, in.length() - 1)));
    }

    /** The answer to this request. */
    public IpmiResponse answer(int completionCode, Octets answer) {
        return new IpmiResponse(sequence, networkFunction + 1, command, completionCode, answer);
    }
}
