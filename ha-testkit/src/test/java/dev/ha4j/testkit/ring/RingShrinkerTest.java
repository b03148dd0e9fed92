package dev.ha4j.testkit.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RingShrinkerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final RingFault DEATH = new RingFault(RingFaultKind.KILL, 8 * SECOND, 5 * SECOND, 1, 2, 0, 0);

    /** A seed in which no ring has to be given up. */
    private final RingScenario harmless = LongStream.rangeClosed(1, 100)
            .mapToObj(seed -> new RingDraw(seed, Duration.ofSeconds(12)).scenario())
            .filter(scenario -> scenario.isHarmless() && scenario.faults().size() > 5)
            .findFirst()
            .orElseThrow();

    /** It says of itself that it is harmless, and is not. */
    private RingScenario with(RingFault other) {
        List<RingFault> faults = new ArrayList<>(harmless.faults());
        faults.add(1, other);
        return harmless.with(faults);
    }

    @Test
    void onlyTheFaultThatItTakesIsLeft() {
        RingShrinker.Outcome outcome = RingShrinker.shrink(with(DEATH), () -> true);
        assertThat(outcome.rule()).isEqualTo("CALM");
        assertThat(outcome.numbers()).containsExactly(2);
        assertThat(outcome.faults()).containsExactly(DEATH.toString());
        assertThat(outcome.complete()).isTrue();
    }

    @Test
    void withoutTimeNothingIsLeftOut() {
        RingShrinker.Outcome outcome = RingShrinker.shrink(with(DEATH), () -> false);
        assertThat(outcome.numbers()).contains(2).hasSizeGreaterThan(1);
        assertThat(outcome.trials()).isEqualTo(1);
        assertThat(outcome.complete()).isFalse();
    }

    @Test
    void whatIsGreenCantBeShrunk() {
        assertThatThrownBy(() -> RingShrinker.shrink(harmless, () -> true)).hasMessageContaining("breaks no rule");
    }
}
