package dev.ha4j.fencing.ipmi.wire;

/** Completion codes (IPMI 2.0, table 5-2), and which of them prove that the command wasn't carried out. */
public final class CompletionCode {

    /** Done, or at least accepted. */
    public static final int OK = 0x00;

    /** Too much to do at the moment. */
    public static final int BUSY = 0xC0;

    /** The BMC doesn't know the command. */
    public static final int INVALID_COMMAND = 0xC1;

    /** A parameter is out of range. */
    public static final int INVALID_DATA = 0xCC;

    /** The user or session may not do this. */
    public static final int INSUFFICIENT_PRIVILEGE = 0xD4;

    /** Impossible in the present state. */
    public static final int WRONG_STATE = 0xD5;

    /** No reason given. */
    public static final int UNSPECIFIED = 0xFF;

    private CompletionCode() {}

    /** Whether the code says for certain that nothing was done; others may leave a command under way. */
    public static boolean isDefiniteRefusal(int code) {
        return switch (code) {
            case INVALID_COMMAND, 0xC2, 0xC7, 0xC9, INVALID_DATA, INSUFFICIENT_PRIVILEGE, WRONG_STATE, 0xD6 -> true;
            default -> false;
        };
    }

    /** One phrase for a person. */
    public static String explain(int code) {
        return code == OK ? "done" : reason(code) + " (completion code 0x" + Integer.toHexString(code) + ")";
    }

    private static String reason(int code) {
        return switch (code) {
            case BUSY -> "the BMC is busy";
            case INVALID_COMMAND, 0xC2 -> "the BMC does not know the command";
            case 0xC3 -> "the BMC timed out inside";
            case INVALID_DATA, 0xC7, 0xC9 -> "the BMC refused the arguments";
            case INSUFFICIENT_PRIVILEGE -> "insufficient privilege: the user needs OPERATOR or ADMINISTRATOR";
            case WRONG_STATE -> "not possible in the present state";
            case 0xD6 -> "the command is disabled";
            default -> "the BMC reported an error";
        };
    }
}
