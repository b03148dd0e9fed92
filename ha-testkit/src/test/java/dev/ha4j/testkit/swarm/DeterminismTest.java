package dev.ha4j.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.testkit.trace.JsonLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeterminismTest {

    private static final Duration LENGTH = Duration.ofMinutes(1);

    @ParameterizedTest
    @EnumSource
    void aSeedRunTwiceGivesTheSameTraceLineByLine(Mix mix) {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();

        RunResult once = SeedRun.of(4711, mix, LENGTH, new JsonLines(first::add));
        RunResult again = SeedRun.of(4711, mix, LENGTH, new JsonLines(second::add));

        assertThat(once.violations()).isEmpty();
        assertThat(first).isNotEmpty().isEqualTo(second);
        assertThat(once.traceDigest()).isEqualTo(again.traceDigest());
    }

    @Test
    void anotherSeedGivesAnotherTrace() {
        RunResult one = SeedRun.of(1, Mix.IDLE, LENGTH);
        RunResult other = SeedRun.of(2, Mix.IDLE, LENGTH);

        assertThat(one.traceDigest()).isNotEqualTo(other.traceDigest());
    }
}
