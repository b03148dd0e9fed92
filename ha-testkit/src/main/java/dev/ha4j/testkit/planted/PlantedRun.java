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

    /** A minute of the ring alone is as full as some of a cluster. */
    private static final int AS_FULL = 4;

    private final Mix mix;

    /** Called by reflection, with the name of a {@link Mix}. */
    public PlantedRun(String mix) {
        this.mix = Mix.valueOf(mix);
    }

    /** The violations of a seed in that many minutes, a line for each; empty if it is green. */
    @Override
    public String apply(Long seed, Integer minutes) {
        try {
            Duration length = Duration.ofMinutes(minutes);
            RunResult result = SeedRun.of(seed, mix, mix == Mix.RING ? length.dividedBy(AS_FULL) : length);
            return result.violations().stream().map(Violation::toString).collect(Collectors.joining("\n"));
        } catch (RuntimeException | AssertionError e) {
            return "invariant at an unknown time: " + e;
        }
    }
}
