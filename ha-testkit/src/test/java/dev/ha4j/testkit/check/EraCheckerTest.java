package dev.ha4j.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceRecord;
import org.junit.jupiter.api.Test;

/** Eras that begin at an operator's word, and who forgets them. */
class EraCheckerTest {

    private static final long ERA = StateVersion.NONE.inNextEra(3).era();

    private final Findings findings = new Findings();
    private final EraChecker checker = new EraChecker(findings);
    private long steps;

    @Test
    void whoHasAnEraOnDiskDoesNotGoOnInTheOneBefore() {
        on(3, new Event.EpochOpened(ERA, 8, NodeId.of(3)));
        on(3, new Event.Persisted(new StateVersion(ERA, 8, 1)));
        on(3, new Event.EpochOpened(0, 12, NodeId.of(1)));

        assertThat(findings.all()).extracting(Violation::rule).containsExactly("U3");
    }

    @Test
    void whoWasDeclaredDownMayHaveGoneOnWithoutIt() {
        on(3, new Event.Persisted(new StateVersion(ERA, 8, 1)));
        on(1, new Event.EpochOpened(0, 12, NodeId.of(1)));

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void anEraThatWasOnNoDiskWhenThePowerFailedIsNoEra() {
        on(3, new Event.EpochOpened(ERA, 8, NodeId.of(3)));
        on(3, new Event.NodeDied("power lost"));
        on(3, new Event.EpochOpened(0, 12, NodeId.of(1)));

        assertThat(findings.all()).isEmpty();
    }

    private void on(int node, Event event) {
        checker.on(new TraceRecord(steps++, steps, node, 1, event));
    }
}
