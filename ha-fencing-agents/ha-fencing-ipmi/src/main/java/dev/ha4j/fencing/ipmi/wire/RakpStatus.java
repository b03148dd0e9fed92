package dev.ha4j.fencing.ipmi.wire;

/** Status codes of the handshake (IPMI 2.0, table 13-15), and what to tell a person about them. */
public final class RakpStatus {

    /** All is well. */
    public static final int OK = 0x00;

    /** No session slot is free. */
    public static final int NO_RESOURCES = 0x01;

    /** The session id is unknown. */
    public static final int INVALID_SESSION = 0x02;

    /** The requested privilege is above the user's limit. */
    public static final int UNAUTHORIZED_ROLE = 0x0A;

    /** The user doesn't exist. */
    public static final int UNAUTHORIZED_NAME = 0x0D;

    /** The proof of the password is wrong. */
    public static final int INVALID_CODE = 0x0F;

    /** The proposed cipher suite isn't allowed. */
    public static final int NO_CIPHER_SUITE = 0x11;

    private RakpStatus() {}

    /** One sentence for a person. */
    public static String explain(int status) {
        return switch (status) {
                    case OK -> "no error";
                    case NO_RESOURCES -> "the BMC has no free session";
                    case INVALID_SESSION -> "the BMC does not know the session";
                    case 0x04, 0x05, 0x10, NO_CIPHER_SUITE -> "the BMC does not allow the configured cipher suite";
                    case 0x09, UNAUTHORIZED_ROLE -> "the user may not have the requested privilege level";
                    case 0x0C, UNAUTHORIZED_NAME -> "the BMC does not know the user";
                    case INVALID_CODE -> "the password is wrong";
                    default -> "the BMC refused the session";
                }
                + " (status 0x%02x)".formatted(status);
    }
}
