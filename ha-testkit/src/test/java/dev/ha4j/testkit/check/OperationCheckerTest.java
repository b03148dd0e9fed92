package dev.ha4j.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceRecord;
import org.junit.jupiter.api.Test;

/** The feed has to be where the gateway is, and to start after it. */
class OperationCheckerTest {

    private static final int NODE = 3;

    private final Findings findings = new Findings();
    private final OperationChecker checker = new OperationChecker(GoodTrace.policy(false), findings);
    private ClusterState state = GoodTrace.state(5, 1);
    private long sequence;

    @Test
    void aStartThatWasOrderedBeforeThePartnersOwnStopWasKnownIsNoFault() {
        gatewayRuns();
        applied("feed", OperationName.START, 2, OperationStatus.PENDING);
        exits("gateway");
        begins("feed", "start");

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void aStartThatWasOrderedOnceTheStopWasKnownIsFound() {
        gatewayRuns();
        exits("gateway");
        applied(state.change().forgetHistory(NodeId.of(NODE)).build());
        applied("feed", OperationName.START, 2, OperationStatus.PENDING);
        begins("feed", "start");

        assertThat(findings.all()).extracting(Violation::rule).containsExactly("S2", "S1");
    }

    @Test
    void aStartWhosePartnerWasOrderedToStopIsFound() {
        gatewayRuns();
        applied("feed", OperationName.START, 2, OperationStatus.PENDING);
        applied("gateway", OperationName.STOP, 3, OperationStatus.PENDING);
        exits("gateway");
        begins("feed", "start");

        assertThat(findings.all()).extracting(Violation::rule).containsExactly("S2", "S1");
    }

    @Test
    void aStartThatNobodyOrderedIsFound() {
        gatewayRuns();
        exits("gateway");
        begins("feed", "start");

        assertThat(findings.all()).extracting(Violation::rule).containsExactly("S2", "S1");
    }

    private void gatewayRuns() {
        on(new Event.QuorumChanged(true, "2 of 3"));
        begins("gateway", "start");
        on(new Event.OperationEnded("gateway", "start", true));
        applied("gateway", OperationName.START, 1, OperationStatus.DONE);
    }

    private void begins(String resource, String operation) {
        on(new Event.OperationBegan(resource, operation, "is to run"));
    }

    private void exits(String resource) {
        on(new Event.RoleExited(resource, true, "stop"));
    }

    private void applied(String resource, OperationName operation, long callId, OperationStatus status) {
        OperationRecord run = new OperationRecord(callId, status, ReturnCode.OK, ReturnCode.OK, 0, 0, 0, "");
        OperationKey key = new OperationKey(NodeId.of(NODE), resource, operation, 0);
        applied(state.change().history(state.history().put(key, run)).build());
    }

    private void applied(ClusterState next) {
        state = next;
        on(new Event.StateApplied(state));
    }

    private void on(Event event) {
        checker.on(new TraceRecord(sequence, sequence++, NODE, 1, event));
    }
}
