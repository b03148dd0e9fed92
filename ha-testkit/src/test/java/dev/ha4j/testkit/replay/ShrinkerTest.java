package dev.ha4j.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.testkit.swarm.Fault;
import dev.ha4j.testkit.swarm.FaultKind;
import dev.ha4j.testkit.swarm.Mix;
import dev.ha4j.testkit.swarm.Scenario;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

    private static final String BUG = "unproven-is-dead";
    private static final Fault SLEEP =
            new Fault(15_000_000_000L, FaultKind.FREEZE, Fault.HOLDER, 0, 13_000_000_000L, 0);
    private static final Script FOUND = Script.of(amongOthers(SLEEP)).planting(BUG);

    /** Whatever is drawn comes later, so that the first fault does its harm in every version of the draw. */
    private static Scenario amongOthers(Fault first) {
        Scenario drawn = Scenario.drawn(1, Mix.BUSY, Duration.ofMinutes(1));
        return drawn.withFaults(
                Stream.concat(Stream.of(first), drawn.faults().stream()).toList());
    }

    /** Lost nodes are taken for dead: a leader that only sleeps is replaced, and two are active. */
    @Test
    void plantedBugIsShrunkToTheFaultThatItTakes() {
        Shrinker.Outcome outcome = Shrinker.shrink(FOUND, () -> true);
        Scenario smallest = outcome.script().scenario();
        assertThat(outcome.complete()).isTrue();
        assertThat(FOUND.scenario().faults()).hasSizeGreaterThan(5);
        assertThat(smallest.faults()).hasSize(1);
        assertThat(smallest.faultyTime()).isLessThan(Duration.ofSeconds(20));
        assertThat(smallest.world().policy().resources()).hasSizeLessThan(5);
        assertThat(Trial.run(outcome.script()).map(Verdict::rule))
                .isEqualTo(outcome.script().violates())
                .isPresent();
        assertThat(Verdict.of(smallest)).isEmpty();
    }

    @Test
    void timeIsAskedBeforeEachTrial() {
        AtomicInteger asked = new AtomicInteger();
        Shrinker.Outcome outcome = Shrinker.shrink(FOUND, () -> asked.incrementAndGet() < 2);
        assertThat(outcome.trials()).isLessThanOrEqualTo(2);
        assertThat(outcome.complete()).isFalse();
        assertThat(outcome.script().planted()).contains(BUG);
    }

    @Test
    void whatIsGreenCantBeShrunk() {
        Script green =
                new Script(FOUND.scenario().withFaultyTime(Duration.ofSeconds(5)), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> Shrinker.shrink(green, () -> true)).hasMessageContaining("breaks no rule");
    }
}
