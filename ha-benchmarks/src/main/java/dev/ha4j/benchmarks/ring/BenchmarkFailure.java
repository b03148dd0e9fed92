package dev.ha4j.benchmarks.ring;

/** A contender can't be started, or broke down. */
final class BenchmarkFailure extends Exception {

    private static final long serialVersionUID = 1L;

    BenchmarkFailure(String message) {
        super(message);
    }
}
