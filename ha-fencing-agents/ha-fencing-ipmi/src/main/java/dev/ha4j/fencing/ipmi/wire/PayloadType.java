package dev.ha4j.fencing.ipmi.wire;

/** Payload type numbers of RMCP+ (IPMI 2.0, table 13-16). */
public final class PayloadType {

    /** An IPMI request or response. */
    public static final int IPMI = 0x00;

    /** {@link HandshakeMessage.OpenSessionRequest}. */
    public static final int OPEN_SESSION_REQUEST = 0x10;

    /** {@link HandshakeMessage.OpenSessionResponse}. */
    public static final int OPEN_SESSION_RESPONSE = 0x11;

    /** {@link HandshakeMessage.Rakp1}. */
    public static final int RAKP_1 = 0x12;

    /** {@link HandshakeMessage.Rakp2}. */
    public static final int RAKP_2 = 0x13;

    /** {@link HandshakeMessage.Rakp3}. */
    public static final int RAKP_3 = 0x14;

    /** {@link HandshakeMessage.Rakp4}. */
    public static final int RAKP_4 = 0x15;

    private PayloadType() {}
}
