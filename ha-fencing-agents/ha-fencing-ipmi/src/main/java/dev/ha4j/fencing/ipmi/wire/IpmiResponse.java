package dev.ha4j.fencing.ipmi.wire;

import java.util.Optional;

/**
 * A response of the BMC (IPMI 2.0, 13.8).
 *
 * @param sequence of the request
 * @param networkFunction of the request, plus one
 * @param command of the request
 * @param completionCode see {@link CompletionCode}
 * @param data the answer, often empty unless the code is 0
 */
public record IpmiResponse(int sequence, int networkFunction, int command, int completionCode, Octets data) {

    private static final int FRAME_BYTES = 8;

    /** The message with its two checksums. */
    public Octets encode() {
        OctetWriter body = new OctetWriter().bytes(IpmiRequest.BMC_ADDRESS, sequence << 2, command, completionCode);
        return Checksum.frame(
                IpmiRequest.CONSOLE_ADDRESS,
                networkFunction << 2,
                body.octets(data).toOctets());
    }

    /** Reads a message; empty if it is no response or a checksum is wrong. */
    public static Optional<IpmiResponse> decode(Octets in) {
        if (in.length() < FRAME_BYTES || !Checksum.holds(in) || (in.unsigned(1) >>> 2 & 1) == 0) {
            return Optional.empty();
        }
        return Optional.of(new IpmiResponse(
                in.unsigned(4) >>> 2,
                in.unsigned(1) >>> 2,
                in.unsigned(5),
                in.unsigned(6),
                in.slice(7, in.length() - 1)));
    }

    /** Whether this answers the request. */
    public boolean answers(IpmiRequest request) {
        return sequence == request.sequence()
                && networkFunction == request.networkFunction() + 1
                && command == request.command();
    }
}
