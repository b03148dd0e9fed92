package dev.ha4j.testkit.planted;

import dev.ha4j.testkit.check.Violation;
import dev.ha4j.testkit.swarm.Mix;
import dev.ha4j.testkit.swarm.RunResult;
import dev.ha4j.testkit.swarm.SeedRun;
import java.time.Duration;
import java.util.function.BiFunction;

/** Runs a seed inside of a {@link PlantingClassLoader}; who calls it knows only types of the platform. */
public final class PlantedRun implements BiFunction<Long, Integer, String> {

    /** Called by reflection. */
    public PlantedRun() {}

    /** The first violation of a seed in that many minutes; empty if it is green. */
    @Override
    public String apply(Long seed, Integer minutes) {
        try {
            RunResult result = SeedRun.of(seed, Mix.SWARM, Duration.ofMinutes(minutes));
            return result.violations().stream()
                    .findFirst()
                    .map(Violation::toString)
                    .orElse("");
        } catch (RuntimeException | AssertionError e) {
            return "invariant: " + e;
        }
    }
}
