package dev.ha4j.benchmarks.lab;

/** The lab can't be set up, or something in it broke down. */
final class LabFailure extends Exception {

    private static final long serialVersionUID = 1L;

    LabFailure(String message) {
        super(message);
    }
}
