package dev.ha4j.resources;

import static dev.ha4j.api.config.OperationName.MONITOR;
import static dev.ha4j.api.config.OperationName.START;
import static dev.ha4j.api.config.OperationName.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Role;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ReturnCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Instances that differ are placed, started and taken over each by itself. */
class InstanceTest {

    private static TestCluster shards(int nodes, CloneOptions options) {
        return new TestCluster(nodes).fenceable().resources(Clone.of(Primitive.of("s"), options));
    }

    private static Stream<Action.Operate> operations(TestCluster cluster) {
        return cluster.plan().actions().stream()
                .map(PlannedAction::action)
                .filter(Action.Operate.class::isInstance)
                .map(Action.Operate.class::cast);
    }

    private static List<String> where(TestCluster cluster, String instance) {
        return cluster.plan().placement().roles().get(instance).keySet().stream()
                .map(node -> cluster.state.policy().nameOf(node))
                .toList();
    }

    @Test
    void eachInstanceIsProbedEverywhereAndStartedOnceInATerm() {
        TestCluster cluster = shards(2, CloneOptions.unique(3));
        assertThat(operations(cluster).filter(it -> it.operation() == MONITOR))
                .extracting(it -> it.resource() + "@" + it.node())
                .containsExactlyInAnyOrder("s:0@1", "s:0@2", "s:1@1", "s:1@2", "s:2@1", "s:2@2");
        assertThat(operations(cluster).filter(it -> it.operation() == START))
                .allMatch(Action.Operate::exclusive)
                .extracting(Action.Operate::resource)
                .containsExactlyInAnyOrder("s:0", "s:1", "s:2");
        cluster.settle();
        assertThat(List.of("s:0", "s:1", "s:2")).allSatisfy(name -> {
            assertThat(cluster.plan().placement().roles().get(name)).hasSize(1).containsValue(Role.STARTED);
            assertThat(LastRole.of(
                            cluster.state, TestCluster.id(where(cluster, name).get(0)), name))
                    .isEqualTo(LastRole.STARTED);
        });
    }

    @Test
    void aNodeTakesNoMoreThanItMay() {
        TestCluster cluster = shards(2, CloneOptions.unique(3).withNodeMax(1)).settle();
        assertThat(cluster.plan().placement().roles()).hasSize(2);
        assertThat(cluster.plan().blocked())
                .singleElement()
                .satisfies(blocked -> assertThat(blocked.reason()).startsWith("s:2 can't run anywhere"));
    }

    @Test
    void onlyWhatALostNodeHasWaitsForItsEnd() {
        TestCluster cluster = shards(3, CloneOptions.unique(3)).settle();
        String lost = where(cluster, "s:1").get(0);
        cluster.lose(lost);
        assertThat(LastHolder.mayBe(cluster.state, TestCluster.id(lost), "s:1")).isTrue();
        assertThat(LastHolder.mayBe(cluster.state, TestCluster.id(lost), "s:0")).isFalse();
        Transition plan = cluster.plan();
        PlannedAction fence = plan.actions().stream()
                .filter(it -> it.action() instanceof Action.Fence)
                .findFirst()
                .orElseThrow();
        PlannedAction start = plan.actions().stream()
                .filter(it -> it.action() instanceof Action.Operate operate && operate.operation() == START)
                .findFirst()
                .orElseThrow();
        assertThat(((Action.Operate) start.action()).resource()).isEqualTo("s:1");
        assertThat(start.after()).contains(fence.id());
        cluster.settle();
        assertThat(where(cluster, "s:1")).doesNotContain(lost);
    }

    /** Without a device nothing ends what the lost node may have; the others stay where they are. */
    @Test
    void anInstanceBehindAWallIsNotStartedAndNoneIsMoved() {
        TestCluster cluster = new TestCluster(3)
                .resources(Clone.of(Primitive.of("s"), CloneOptions.unique(3)))
                .settle();
        String lost = where(cluster, "s:2").get(0);
        cluster.lose(lost);
        assertThat(operations(cluster)).isEmpty();
        assertThat(cluster.plan().blocked())
                .anySatisfy(blocked -> assertThat(blocked.resource()).isEqualTo("s:2"));
    }

    @Test
    void whatIsOneTooManyIsStopped() {
        TestCluster cluster = shards(2, CloneOptions.unique(3)).settle();
        cluster.replaceResource(Clone.of(Primitive.of("s"), CloneOptions.unique(2)));
        assertThat(operations(cluster))
                .singleElement()
                .satisfies(
                        it -> assertThat(it.resource() + " " + it.operation()).isEqualTo("s:2 STOP"));
        cluster.settle();
    }

    @Test
    void oneThatIsActiveTwiceIsStoppedEverywhereBeforeItStarts() {
        TestCluster cluster = shards(2, CloneOptions.unique(2)).settle();
        String home = where(cluster, "s:0").get(0);
        String other = home.equals("a") ? "b" : "a";
        cluster.record(other, "s:0", MONITOR, 0, ReturnCode.OK);
        assertThat(operations(cluster).filter(it -> it.operation() == STOP))
                .extracting(Action.Operate::resource)
                .containsOnly("s:0");
        cluster.settle();
        assertThat(where(cluster, "s:0")).hasSize(1);
    }
}
