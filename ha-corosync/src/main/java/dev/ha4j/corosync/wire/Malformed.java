package dev.ha4j.corosync.wire;

/** Bytes that are no message; the reason is one of a few fixed texts, fit for a counter. */
@SuppressWarnings("serial")
public final class Malformed extends Exception {

    public Malformed(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
