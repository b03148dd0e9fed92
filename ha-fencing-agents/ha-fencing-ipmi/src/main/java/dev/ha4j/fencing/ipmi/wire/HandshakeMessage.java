package dev.ha4j.fencing.ipmi.wire;

import java.util.Optional;

/**
 * The six messages that open a session (IPMI 2.0, 13.17 to 13.24). A message that carries a status other than
 * {@link RakpStatus#OK} ends the attempt and has only its first fields set.
 */
public sealed interface HandshakeMessage {

    /** Echoed by the answer, so that it finds its question. */
    int tag();

    /** The payload type under which the message travels. */
    int payloadType();

    /** The payload's bytes. */
    Octets encode();

    /** The message as a datagram outside any session. */
    default Octets toDatagram() {
        return RmcpPacket.plain(payloadType(), encode());
    }

    /** Reads a payload; empty if it is no well-formed handshake message. */
    static Optional<HandshakeMessage> decode(int payloadType, Octets payload) {
        return HandshakeCodec.decode(payloadType, payload);
    }

    /**
     * The console asks for a session.
     *
     * @param tag echoed by the answer
     * @param privilege the highest privilege wanted, 0 for the highest there is
     * @param consoleSessionId not 0
     * @param algorithms the only ones proposed
     */
    record OpenSessionRequest(int tag, int privilege, int consoleSessionId, Algorithms algorithms)
            implements HandshakeMessage {

        @Override
        public int payloadType() {
            return PayloadType.OPEN_SESSION_REQUEST;
        }

        @Override
        public Octets encode() {
            OctetWriter out = new OctetWriter().bytes(tag, privilege, 0, 0).int32(consoleSessionId);
            return HandshakeCodec.write(algorithms, out).toOctets();
        }
    }

    /**
     * The BMC grants a session, not yet to anybody.
     *
     * @param tag of the question
     * @param status see {@link RakpStatus}
     * @param privilege the highest privilege granted
     * @param consoleSessionId of the question
     * @param bmcSessionId the BMC's own id for the session
     * @param algorithms the ones granted
     */
    record OpenSessionResponse(
            int tag, int status, int privilege, int consoleSessionId, int bmcSessionId, Algorithms algorithms)
            implements HandshakeMessage {

        /** A refusal. */
        public static OpenSessionResponse refusal(int tag, int status, int consoleSessionId) {
            return new OpenSessionResponse(tag, status, 0, consoleSessionId, 0, new Algorithms(0, 0, 0));
        }

        @Override
        public int payloadType() {
            return PayloadType.OPEN_SESSION_RESPONSE;
        }

        @Override
        public Octets encode() {
            OctetWriter out = new OctetWriter().bytes(tag, status, privilege, 0).int32(consoleSessionId);
            return status == RakpStatus.OK
                    ? HandshakeCodec.write(algorithms, out.int32(bmcSessionId)).toOctets()
                    : out.toOctets();
        }
    }

    /**
     * The console names the user and challenges the BMC.
     *
     * @param tag echoed by the answer
     * @param bmcSessionId from the open session response
     * @param consoleRandom 16 bytes
     * @param role privilege level and look-up flag
     * @param userName at most 16 bytes
     */
    record Rakp1(int tag, int bmcSessionId, Octets consoleRandom, int role, Octets userName)
            implements HandshakeMessage {

        @Override
        public int payloadType() {
            return PayloadType.RAKP_1;
        }

        @Override
        public Octets encode() {
            OctetWriter out = new OctetWriter().bytes(tag, 0, 0, 0).int32(bmcSessionId);
            out.octets(consoleRandom).bytes(role, 0, 0, userName.length());
            return out.octets(userName).toOctets();
        }
    }

    /**
     * The BMC names itself, proves that it knows the password, and challenges the console.
     *
     * @param tag of the question
     * @param status see {@link RakpStatus}
     * @param consoleSessionId the console's id for the session
     * @param bmcRandom 16 bytes
     * @param bmcGuid 16 bytes
     * @param code proof of the password
     */
    record Rakp2(int tag, int status, int consoleSessionId, Octets bmcRandom, Octets bmcGuid, Octets code)
            implements HandshakeMessage {

        /** A refusal. */
        public static Rakp2 refusal(int tag, int status, int consoleSessionId) {
            return new Rakp2(tag, status, consoleSessionId, Octets.EMPTY, Octets.EMPTY, Octets.EMPTY);
        }

        @Override
        public int payloadType() {
            return PayloadType.RAKP_2;
        }

        @Override
        public Octets encode() {
            OctetWriter out = new OctetWriter().bytes(tag, status, 0, 0).int32(consoleSessionId);
            return out.octets(bmcRandom).octets(bmcGuid).octets(code).toOctets();
        }
    }

    /**
     * The console proves that it knows the password, or gives up with a status.
     *
     * @param tag echoed by the answer
     * @param status see {@link RakpStatus}
     * @param bmcSessionId the BMC's id for the session
     * @param code proof of the password, empty when giving up
     */
    record Rakp3(int tag, int status, int bmcSessionId, Octets code) implements HandshakeMessage {

        @Override
        public int payloadType() {
            return PayloadType.RAKP_3;
        }

        @Override
        public Octets encode() {
            return HandshakeCodec.proof(tag, status, bmcSessionId, code);
        }
    }

    /**
     * The BMC proves that it has the session's key; the session is open.
     *
     * @param tag of the question
     * @param status see {@link RakpStatus}
     * @param consoleSessionId the console's id for the session
     * @param code proof of the key, empty in a refusal
     */
    record Rakp4(int tag, int status, int consoleSessionId, Octets code) implements HandshakeMessage {

        @Override
        public int payloadType() {
            return PayloadType.RAKP_4;
        }

        @Override
        public Octets encode() {
            return HandshakeCodec.proof(tag, status, consoleSessionId, code);
        }
    }
}
