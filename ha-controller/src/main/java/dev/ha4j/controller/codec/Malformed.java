package dev.ha4j.controller.codec;

/** Thrown inside of decoders only; {@link Codec#decode} turns it into a value. */
final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1;

    Malformed(String message) {
        super(message, null, false, false);
    }
}
