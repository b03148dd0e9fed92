package dev.ha4j.testkit.swarm;

import dev.ha4j.testkit.check.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What became of a seed.
 *
 * @param violations in order of time
 * @param simulated virtual time, healing included
 * @param realNanos how long it took
 * @param events trace records
 * @param delivered ordered messages, counted once each
 * @param faults that were injected
 * @param convergedAfter from healing to a cluster that is well; zero if it never was
 * @param sometimes counters
 * @param traceDigest of the whole trace; equal for equal runs
 */
public record RunResult(
        long seed,
        List<Violation> violations,
        Duration simulated,
        long realNanos,
        long events,
        long delivered,
        int faults,
        Duration convergedAfter,
        Map<String, Long> sometimes,
        long traceDigest) {

    public boolean isGreen() {
        return violations.isEmpty();
    }
}
