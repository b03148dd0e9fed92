package dev.ha4j.benchmarks.cluster;

/** Something can't be started, or broke down. */
public final class BenchmarkFailure extends Exception {

    private static final long serialVersionUID = 1L;

    public BenchmarkFailure(String message) {
        super(message);
    }
}
