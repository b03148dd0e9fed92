package dev.ha4j.testkit.planted;

import dev.ha4j.testkit.check.Violation;
import dev.ha4j.testkit.swarm.Mix;
import dev.ha4j.testkit.swarm.RunResult;
import dev.ha4j.testkit.swarm.SeedRun;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Runs a seed inside of a {@link PlantingClassLoader}; who calls it knows only types of the platform. */
public final class PlantedRun implements BiFunction<Long, Integer, String> {

    /** Called by reflection. */
    public PlantedRun() {}

    /** The violations of a seed in that many minutes, a line for each; empty if it is green. */
    @Override
    public String apply(Long seed, Integer minutes) {
        try {
            RunResult result = SeedRun.of(seed, Mix.SWARM, Duration.ofMinutes(minutes));
            return result.violations().stream().map(Violation::toString).collect(Collectors.joining("\n"));
        } catch (RuntimeException | AssertionError e) {
            return "invariant at an unknown time: " + e;
        }
    }
}
