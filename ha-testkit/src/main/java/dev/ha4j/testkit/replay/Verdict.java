package dev.ha4j.testkit.replay;

import dev.ha4j.testkit.check.Violation;
import dev.ha4j.testkit.swarm.RunResult;
import dev.ha4j.testkit.swarm.Scenario;
import dev.ha4j.testkit.swarm.SeedRun;
import java.util.Optional;

/**
 * The first rule that a run broke.
 *
 * @param rule its short name
 * @param atNanos virtual time; 0 if unknown
 * @param what in one sentence
 */
public record Verdict(String rule, long atNanos, String what) {

    /** The product itself noticed that something can't be. */
    public static final String INVARIANT = "invariant";

    /** Runs the scenario; empty if all is green. */
    public static Optional<Verdict> of(Scenario scenario) {
        try {
            return of(SeedRun.of(scenario));
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(new Verdict(INVARIANT, 0, e.toString()));
        }
    }

    /** What a run was found to be. */
    public static Optional<Verdict> of(RunResult result) {
        return result.violations().stream().findFirst().map(Verdict::of);
    }

    private static Verdict of(Violation violation) {
        return new Verdict(violation.rule(), violation.atNanos(), violation.what());
    }

    /** One line that {@link #parse} reads; empty for no verdict. */
    public static String toLine(Optional<Verdict> verdict) {
        return verdict.map(it -> it.rule + " " + it.atNanos + " " + it.what.replace('\n', ' '))
                .orElse("");
    }

    static Optional<Verdict> parse(String line) {
        if (line.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = line.split(" ", 3);
        return Optional.of(new Verdict(parts[0], Long.parseLong(parts[1]), parts[2]));
    }
}
