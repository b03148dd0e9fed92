package dev.ha4j.totem.wire;

/** Leaves a decoder at the first byte that makes no sense; never leaves the package. */
final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    Malformed(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
