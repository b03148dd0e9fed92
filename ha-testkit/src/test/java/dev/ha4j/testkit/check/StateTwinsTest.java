package dev.ha4j.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.api.state.RequestLedger;
import dev.ha4j.api.state.StateVersion;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateTwinsTest {

    private static final NodeId NODE = NodeId.of(1);

    @Test
    void judgesAsAComparisonOfTheWholeDoes() {
        Random random = new Random(3);
        ClusterState one = initial();
        ClusterState other = initial();
        for (int step = 0; step < 500; step++) {
            ClusterState oneBefore = one;
            ClusterState otherBefore = other;
            int change = random.nextInt(40);
            one = changed(one, change);
            other = changed(other, random.nextInt(10) == 0 ? random.nextInt(40) : change);

            assertThat(StateTwins.haveChangedAlike(one, oneBefore, other, otherBefore))
                    .isEqualTo(one.equals(other));
            other = one.equals(other) ? other : one;
        }
    }

    private static ClusterState changed(ClusterState state, int change) {
        StateVersion next = state.version().next();
        if (change % 2 == 0) {
            return state.change()
                    .version(next)
                    .node(NODE, node -> node.withStandby(change % 4 == 0))
                    .build();
        }
        RequestLedger requests = state.requests()
                .with(new RequestId(change, next.index()), new RequestLedger.Answer(next, change % 3 == 0 ? "no" : ""));
        return state.change().version(next).requests(requests).build();
    }

    private static ClusterState initial() {
        return ClusterState.initial(new ClusterPolicy(
                "test",
                List.of(NodeSpec.of(1, "a", "10.0.0.1")),
                QuorumOptions.DEFAULTS,
                ClusterOptions.DEFAULTS,
                List.of(),
                List.of(),
                List.of()));
    }
}
