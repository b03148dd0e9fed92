package dev.ha4j.examples.demo;

/** A scenario can't go on. The message says what was waited for, and where to look. */
final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
