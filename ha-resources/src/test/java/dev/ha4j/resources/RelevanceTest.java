package dev.ha4j.resources;

import static dev.ha4j.api.config.Constraints.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Score;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.Rule;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.ReturnCode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What of a state plans depend on. */
class RelevanceTest {

    private final Scheduler scheduler = new Scheduler();
    private final TestCluster cluster = new TestCluster(3)
            .fenceable()
            .resources(Primitive.of("r"))
            .constraints(location("r")
                    .with(new Rule(Score.of(10), new Expression.Attribute("disk", Expression.Comparison.DEFINED, ""))))
            .settle();

    private boolean matters(Consumer<TestCluster> change) {
        scheduler.plan(cluster.state, Instant.ofEpochMilli(cluster.nowMillis));
        ClusterState before = cluster.state;
        change.accept(cluster);
        return scheduler.mayMatter(before, cluster.state);
    }

    private static UnaryOperator<NodeStatus> attribute(String name, String value) {
        return status -> {
            TreeMap<String, String> attributes = new TreeMap<>(status.attributes());
            attributes.put(name, value);
            return status.withAttributes(attributes);
        };
    }

    @Test
    void anAttributeMattersIfARuleAsksForIt() {
        assertThat(matters(it -> it.node("a", attribute("disk", "ssd")))).isTrue();
        assertThat(matters(it -> it.node("a", attribute("#health-disk", "red"))))
                .isTrue();
        assertThat(matters(it -> it.node("a", attribute("build", "4711")))).isFalse();
    }

    @Test
    void theVersionAndTheTimeDontMatter() {
        assertThat(matters(it -> it.state = it.state
                        .change()
                        .version(it.state.version().next())
                        .wallMillis(it.state.wallMillis() + 1)
                        .build()))
                .isFalse();
    }

    @Test
    void nodesOperationsAndTheConfigurationMatter() {
        assertThat(matters(it -> it.node("a", status -> status.withStandby(true))))
                .isTrue();
        assertThat(matters(it -> it.lose("b"))).isTrue();
        assertThat(matters(it -> it.promotionScore("a", "r", 5))).isTrue();
        assertThat(matters(it -> it.failCount("a", "r", OperationName.MONITOR, 1)))
                .isTrue();
        assertThat(matters(it -> it.record("a", "r", OperationName.MONITOR, 0, ReturnCode.NOT_RUNNING)))
                .isTrue();
        assertThat(matters(it -> it.constraints(location("r").avoids("c")))).isTrue();
    }

    @Test
    void whoHasNotPlannedIsNotSure() {
        assertThat(new Scheduler().mayMatter(cluster.state, cluster.state)).isTrue();
    }

    @Test
    void ticketsMatter() {
        assertThat(matters(it -> it.ticket("site", true, false))).isTrue();
    }

    @Test
    void theHealthOfANodeMatters() {
        assertThat(matters(it -> it.node(
                        "a", status -> status.withAttributes(new java.util.TreeMap<>(Map.of("#health-disk", "red"))))))
                .isTrue();
    }
}
