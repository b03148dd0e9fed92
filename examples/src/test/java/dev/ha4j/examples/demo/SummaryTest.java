package dev.ha4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.examples.demo.judge.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void phasesHaveAMedianAndAMaximum() {
        Summary summary = Summary.of(Scenario.KILL, 4, List.of(run(10), run(40), run(20), run(30)));

        assertThat(summary.millis()).containsOnly(Map.entry(Phase.PROMOTED, new Summary.Spread(25, 40)));
        assertThat(summary.isWell()).isTrue();
    }

    @Test
    void aRunThatDidNotTakePlaceIsNotInOrder() {
        assertThat(Summary.of(Scenario.KILL, 2, List.of(run(10))).isWell()).isFalse();
    }

    @Test
    void theWorstRunIsShown() {
        Run overlapping = run(10, new Verdict(100, 3, 0, 2_500_000, 0), List.of("overlap"));
        Summary summary = Summary.of(Scenario.KILL, 2, List.of(run(10), overlapping));

        assertThat(summary.overlapMillis()).isEqualTo(2.5);
        assertThat(summary.staleAttempted()).isEqualTo(3);
        assertThat(summary.inOrder()).isEqualTo(1);
        assertThat(summary.isWell()).isFalse();
    }

    private static Run run(double promotedMillis) {
        return run(promotedMillis, new Verdict(100, 0, 0, 0, 0), List.of());
    }

    private static Run run(double promotedMillis, Verdict verdict, List<String> problems) {
        return new Run(1, "a", "b", 1, 2, Map.of(Phase.PROMOTED, promotedMillis), verdict, List.of(), problems);
    }
}
