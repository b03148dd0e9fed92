package dev.ha4j.controller.codec;

/** A tag or format version above what this software knows. Thrown inside of decoders only. */
final class UnknownKind extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownKind(String message) {
        super(message, null, false, false);
    }
}
