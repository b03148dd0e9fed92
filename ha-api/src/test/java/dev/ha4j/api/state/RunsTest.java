package dev.ha4j.api.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.QuorumOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunsTest {

    private static final ClusterPolicy POLICY = new ClusterPolicy(
            "test",
            List.of(NodeSpec.of(1, "a", "10.0.0.1"), NodeSpec.of(2, "b", "10.0.0.2")),
            QuorumOptions.DEFAULTS,
            ClusterOptions.DEFAULTS,
            List.of(),
            List.of(),
            List.of());

    private ClusterState state = ClusterState.initial(POLICY);

    private void ran(int node, String resource, OperationName operation, long intervalMillis, long callId) {
        state = state.change()
                .record(
                        new OperationKey(NodeId.of(node), resource, operation, intervalMillis),
                        OperationRecord.ordered(callId, ReturnCode.OK, 0, 0))
                .build();
    }

    @Test
    void runsOfAResourceAreThoseOfItsNodeInTheOrderOfTheirOrders() {
        ran(1, "db", OperationName.STOP, 0, 5);
        ran(1, "db", OperationName.MONITOR, 10_000, 3);
        ran(1, "db", OperationName.START, 0, 4);
        ran(1, "da", OperationName.START, 0, 1);
        ran(1, "db2", OperationName.START, 0, 6);
        ran(2, "db", OperationName.START, 0, 2);

        assertThat(state.runs(NodeId.of(1), "db"))
                .extracting(run -> run.getKey().operation())
                .containsExactly(OperationName.MONITOR, OperationName.START, OperationName.STOP);
        assertThat(state.runs(NodeId.of(1), "d")).isEmpty();
        assertThat(state.runs(NodeId.of(2)).map(Map.Entry::getKey))
                .containsExactly(new OperationKey(NodeId.of(2), "db", OperationName.START, 0));
        assertThat(state.runs(NodeId.of(3))).isEmpty();
    }
}
