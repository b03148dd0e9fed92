package dev.ha4j.fencing.ipmi.wire;

import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.OpenSessionRequest;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.OpenSessionResponse;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp1;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp2;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp3;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp4;
import java.util.Optional;

/** Reads handshake payloads. Every length is checked before the first byte behind it is looked at. */
final class HandshakeCodec {

    private static final int REFUSAL_BYTES = 2;
    private static final int PREFIX_BYTES = 8;
    private static final int ALGORITHM_BYTES = 8;
    private static final int RANDOM_BYTES = 16;
    private static final int GUID_BYTES = 16;
    private static final int RAKP_1_BYTES = PREFIX_BYTES + RANDOM_BYTES + 4;

    private HandshakeCodec() {}

    static Optional<HandshakeMessage> decode(int payloadType, Octets in) {
        if (in.length() < REFUSAL_BYTES) {
            return Optional.empty();
        }
        Optional<HandshakeMessage> refusal =
                in.unsigned(1) == RakpStatus.OK ? Optional.empty() : refusal(payloadType, in);
        return refusal.isPresent() || in.length() < PREFIX_BYTES ? refusal : accepted(payloadType, in);
    }

    /** The standard gives a refusal eight bytes; ipmi_sim sends two. */
    private static Optional<HandshakeMessage> refusal(int payloadType, Octets in) {
        int tag = in.unsigned(0);
        int status = in.unsigned(1);
        int consoleSessionId = in.length() < PREFIX_BYTES ? 0 : in.int32(4);
        return switch (payloadType) {
            case PayloadType.OPEN_SESSION_RESPONSE ->
                Optional.of(OpenSessionResponse.refusal(tag, status, consoleSessionId));
            case PayloadType.RAKP_2 -> Optional.of(Rakp2.refusal(tag, status, consoleSessionId));
            case PayloadType.RAKP_4 -> Optional.of(new Rakp4(tag, status, consoleSessionId, Octets.EMPTY));
            default -> Optional.empty();
        };
    }

    private static Optional<HandshakeMessage> accepted(int payloadType, Octets in) {
        return switch (payloadType) {
            case PayloadType.OPEN_SESSION_REQUEST -> openSessionRequest(in);
            case PayloadType.OPEN_SESSION_RESPONSE -> openSessionResponse(in);
            case PayloadType.RAKP_1 -> rakp1(in);
            case PayloadType.RAKP_2 -> rakp2(in);
            case PayloadType.RAKP_3 -> Optional.of(new Rakp3(in.unsigned(0), in.unsigned(1), in.int32(4), in.from(8)));
            case PayloadType.RAKP_4 -> Optional.of(new Rakp4(in.unsigned(0), in.unsigned(1), in.int32(4), in.from(8)));
            default -> Optional.empty();
        };
    }

    private static Optional<HandshakeMessage> openSessionRequest(Octets in) {
        return algorithms(in, PREFIX_BYTES)
                .map(algorithms ->
                        new OpenSessionRequest(in.unsigned(0), in.unsigned(1) & 0x0F, in.int32(4), algorithms));
    }

    private static Optional<HandshakeMessage> openSessionResponse(Octets in) {
        return algorithms(in, PREFIX_BYTES + 4)
                .map(algorithms -> new OpenSessionResponse(
                        in.unsigned(0), in.unsigned(1), in.unsigned(2) & 0x0F, in.int32(4), in.int32(8), algorithms));
    }

    private static Optional<HandshakeMessage> rakp1(Octets in) {
        if (in.length() < RAKP_1_BYTES) {
            return Optional.empty();
        }
        int nameBytes = in.unsigned(RAKP_1_BYTES - 1);
        if (nameBytes > RakpTranscript.MAX_USER_NAME_BYTES || in.length() < RAKP_1_BYTES + nameBytes) {
            return Optional.empty();
        }
        Octets random = in.slice(PREFIX_BYTES, PREFIX_BYTES + RANDOM_BYTES);
        Octets userName = in.slice(RAKP_1_BYTES, RAKP_1_BYTES + nameBytes);
        return Optional.of(new Rakp1(in.unsigned(0), in.int32(4), random, in.unsigned(24), userName));
    }

    private static Optional<HandshakeMessage> rakp2(Octets in) {
        int codeStart = PREFIX_BYTES + RANDOM_BYTES + GUID_BYTES;
        if (in.length() < codeStart) {
            return Optional.empty();
        }
        Octets random = in.slice(PREFIX_BYTES, PREFIX_BYTES + RANDOM_BYTES);
        Octets guid = in.slice(PREFIX_BYTES + RANDOM_BYTES, codeStart);
        return Optional.of(new Rakp2(in.unsigned(0), in.unsigned(1), in.int32(4), random, guid, in.from(codeStart)));
    }

    private static Optional<Algorithms> algorithms(Octets in, int start) {
        if (in.length() < start + 3 * ALGORITHM_BYTES) {
            return Optional.empty();
        }
        for (int kind = 0; kind < 3; kind++) {
            if (in.unsigned(start + kind * ALGORITHM_BYTES) != kind) {
                return Optional.empty();
            }
        }
        return Optional.of(new Algorithms(algorithm(in, start), algorithm(in, start + 8), algorithm(in, start + 16)));
    }

    private static int algorithm(Octets in, int start) {
        return in.unsigned(start + 4) & 0x3F;
    }

    static OctetWriter write(Algorithms algorithms, OctetWriter out) {
        out.bytes(0, 0, 0, ALGORITHM_BYTES, algorithms.authentication(), 0, 0, 0);
        out.bytes(1, 0, 0, ALGORITHM_BYTES, algorithms.integrity(), 0, 0, 0);
        return out.bytes(2, 0, 0, ALGORITHM_BYTES, algorithms.confidentiality(), 0, 0, 0);
    }

    static Octets proof(int tag, int status, int sessionId, Octets code) {
        return new OctetWriter()
                .bytes(tag, status, 0, 0)
                .int32(sessionId)
                .octets(code)
                .toOctets();
    }
}
