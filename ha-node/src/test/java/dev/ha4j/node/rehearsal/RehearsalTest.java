package dev.ha4j.node.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.report.RehearsalReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private static final Duration AMPLE = Duration.ofMinutes(5);

    @Test
    void itPlaysFailoversUntilTheCodeIsWarm() {
        RehearsalReport report = new Rehearsal(AMPLE).play();

        assertThat(report.failovers()).hasSizeBetween(1, Rehearsal.MAX_FAILOVERS);
        if (report.failovers().size() < Rehearsal.MAX_FAILOVERS) {
            assertThat(report.failovers().get(report.failovers().size() - 1)).isLessThanOrEqualTo(Rehearsal.WARM);
        }
        assertThat(report.summary())
                .startsWith("rehearsed " + report.failovers().size() + " failovers in ");
    }

    @Test
    void everyFailoverOnTheStageEndsWithAnotherLeader() {
        Stage stage = new Stage(() -> false);

        assertThat(stage.open()).isTrue();
        for (int i = 0; i < 3 * Rehearsal.MAX_FAILOVERS; i++) {
            assertThat(stage.failover()).as("failover " + i).isTrue();
        }
    }

    @Test
    void itEndsWhenItsTimeIsOver() {
        RehearsalReport report = new Rehearsal(Duration.ZERO).play();

        assertThat(report.failovers()).isEmpty();
        assertThat(report.summary()).startsWith("rehearsed no failover within ");
    }

    @Test
    void itEndsWhenItIsInterrupted() {
        Thread.currentThread().interrupt();

        RehearsalReport report = new Rehearsal(AMPLE).play();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.failovers()).isEmpty();
    }
}
