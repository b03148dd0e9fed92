package dev.ha4j.resources;

import static dev.ha4j.api.config.OperationName.START;
import static dev.ha4j.api.config.OperationName.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A group of which there are several is a group all the same: its members are together, and in their order. */
class ClonedGroupTest {

    private static final List<Integer> NUMBERS = List.of(0, 1, 2, 3);

    private static TestCluster pairs(CloneOptions options) {
        Group pair = new Group("pair", MetaOptions.DEFAULTS, List.of(Primitive.of("db"), Primitive.of("web")));
        return new TestCluster(3).fenceable().resources(Clone.of(pair, options));
    }

    private static Stream<PlannedAction> operations(Transition plan, OperationName operation) {
        return plan.actions().stream()
                .filter(it -> it.action() instanceof Action.Operate operate && operate.operation() == operation);
    }

    private static PlannedAction operation(Transition plan, OperationName operation, String resource, String node) {
        return operations(plan, operation)
                .filter(it -> name(it).equals(resource)
                        && ((Action.Operate) it.action()).node().equals(TestCluster.id(node)))
                .findFirst()
                .orElseThrow();
    }

    private static String name(PlannedAction action) {
        return ((Action.Operate) action.action()).resource();
    }

    private static String home(TestCluster cluster, String instance) {
        List<String> nodes = cluster.plan().placement().roles().get(instance).keySet().stream()
                .map(node -> cluster.state.policy().nameOf(node))
                .toList();
        assertThat(nodes).as(instance).hasSize(1);
        return nodes.get(0);
    }

    @Test
    void membersThatRunEverywhereAreStartedInTheirOrderAndStoppedInTheOther() {
        TestCluster cluster = pairs(CloneOptions.EVERYWHERE);
        Transition starts = cluster.plan();
        for (String node : List.of("a", "b", "c")) {
            assertThat(operation(starts, START, "web", node).after())
                    .contains(operation(starts, START, "db", node).id());
        }
        cluster.settle().node("b", status -> status.withStandby(true));
        Transition stops = cluster.plan();
        assertThat(operation(stops, STOP, "db", "b").after())
                .contains(operation(stops, STOP, "web", "b").id());
    }

    @Test
    void membersOfOneNumberAreTogetherAndStartedInTheirOrder() {
        TestCluster cluster = pairs(CloneOptions.unique(4));
        Transition plan = cluster.plan();
        assertThat(operations(plan, START))
                .allMatch(it -> ((Action.Operate) it.action()).exclusive())
                .extracting(ClonedGroupTest::name)
                .containsExactlyInAnyOrder("db:0", "db:1", "db:2", "db:3", "web:0", "web:1", "web:2", "web:3");
        cluster.settle();
        assertThat(NUMBERS).allSatisfy(number -> {
            String home = home(cluster, "db:" + number);
            assertThat(home(cluster, "web:" + number)).isEqualTo(home);
            assertThat(operation(plan, START, "web:" + number, home).after())
                    .contains(operation(plan, START, "db:" + number, home).id());
        });
    }

    @Test
    void onlyTheNumbersOfALostNodeWaitForItsEnd() {
        TestCluster cluster = pairs(CloneOptions.unique(3)).settle();
        String lost = home(cluster, "db:1");
        List<String> others = List.of(home(cluster, "db:0"), home(cluster, "db:2"));
        cluster.lose(lost);
        Transition plan = cluster.plan();
        assertThat(operations(plan, START))
                .extracting(ClonedGroupTest::name)
                .containsExactlyInAnyOrder("db:1", "web:1");
        assertThat(operations(plan, STOP)).isEmpty();
        cluster.settle();
        assertThat(home(cluster, "db:1")).isEqualTo(home(cluster, "web:1")).isNotEqualTo(lost);
        assertThat(List.of(home(cluster, "db:0"), home(cluster, "db:2"))).isEqualTo(others);
    }
}
