package dev.ha4j.testkit.scenario;

import static dev.ha4j.testkit.scenario.ScenarioAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Health;
import dev.ha4j.api.MigratableResource;
import dev.ha4j.api.Migration;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.testkit.junit.HaCluster;
import java.util.ArrayList;
import java.util.List;

/** A resource that moves while it runs: never two act, whatever becomes of the two sides. */
class MigrationTest {

    private final List<String> told = new ArrayList<>();

    private String host(SimulatedCluster cluster) {
        cluster.host(
                Primitive.of("vm").migratable().monitorEvery(ofSeconds(10)), () -> new Machine(cluster.here(), told));
        String first = cluster.leader("vm");
        told.clear();
        return first;
    }

    @HaCluster(seeds = 3)
    void itMovesWithoutAStopBefore(SimulatedCluster cluster) {
        String first = host(cluster);
        cluster.standby(first, true).run(ofSeconds(10));
        String second = cluster.leader("vm");
        assertThat(told)
                .containsExactly(
                        "leaves " + first + " for " + second,
                        "arrives on " + second + " from " + first,
                        "stops on " + first);
        assertThat(cluster.acts("vm")).neverOverlap().haveRisingTokens();
        assertThat(cluster.node(second).report().resource("vm").orElseThrow().active())
                .containsOnlyKeys(second);
        told.clear();
        cluster.standby(first, false).standby(second, true).run(ofSeconds(20));
        assertThat(told).hasSize(3).first().asString().startsWith("leaves " + second);
        assertThat(cluster).hasConverged();
    }

    @HaCluster
    void whereOneSideDoesNotLetGoItIsStoppedFirst(SimulatedCluster cluster) {
        String first = host(cluster);
        cluster.operationFails("vm", OperationName.MIGRATE_TO, first)
                .standby(first, true)
                .run(ofSeconds(20));
        assertThat(told).containsSubsequence("stops on " + first, "starts on " + cluster.leader("vm"));
        assertThat(cluster.acts("vm")).neverOverlap();
        assertThat(cluster).hasConverged();
    }

    @HaCluster
    void whereTheOtherDoesNotTakeUpItIsStoppedOnBothSides(SimulatedCluster cluster) {
        String first = host(cluster);
        for (SimulatedNode node : cluster.nodes()) {
            cluster.operationFails("vm", OperationName.MIGRATE_FROM, node.name());
        }
        cluster.standby(first, true).run(ofSeconds(20));
        assertThat(told).contains("stops on " + first).last().asString().startsWith("starts on ");
        assertThat(cluster.acts("vm")).neverOverlap().haveRisingTokens();
        assertThat(cluster).hasConverged();
    }

    @HaCluster(seeds = 3)
    void whoDiesWhileItLetsGoIsFenced(SimulatedCluster cluster) {
        String first = host(cluster);
        cluster.operationHangs("vm", OperationName.MIGRATE_TO, first)
                .standby(first, true)
                .run(ofSeconds(2))
                .kill(first)
                .run(ofMinutes(1));
        assertThat(cluster.node(first).isRunning()).isFalse();
        assertThat(cluster.leader("vm")).isNotEqualTo(first);
        assertThat(cluster.acts("vm")).neverOverlap();
    }

    @HaCluster(seeds = 3)
    void whoDiesWhileItTakesUpIsReplaced(SimulatedCluster cluster) {
        String first = host(cluster);
        for (SimulatedNode node : cluster.nodes()) {
            cluster.operationHangs("vm", OperationName.MIGRATE_FROM, node.name());
        }
        cluster.standby(first, true).run(ofSeconds(2));
        String second = cluster.leader("vm");
        assertThat(second).isNotEqualTo(first);
        cluster.kill(second).run(ofMinutes(1));
        assertThat(cluster.leader("vm")).isNotIn(first, second);
        assertThat(cluster.acts("vm")).neverOverlap();
    }

    @HaCluster(seeds = 5)
    void itWeathersAStorm(SimulatedCluster cluster) {
        host(cluster);
        cluster.storm(ofMinutes(3));
        assertThat(cluster.acts("vm")).neverOverlap().haveRisingTokens();
        cluster.heal().run(ofMinutes(1)).cleanup("vm").run(ofMinutes(2));
        assertThat(cluster).hasConverged();
    }

    /** A machine that can be moved. */
    private static final class Machine implements MigratableResource {
        private final String node;
        private final List<String> told;
        private boolean running;

        Machine(String node, List<String> told) {
            this.node = node;
            this.told = told;
        }

        @Override
        public void start(OperationContext operation) {
            told.add("starts on " + node);
            running = true;
        }

        @Override
        public void stop(OperationContext operation) {
            told.add("stops on " + node);
            running = false;
        }

        @Override
        public void migrateTo(Migration migration) {
            told.add("leaves " + node + " for " + migration.peer());
            running = false;
        }

        @Override
        public void migrateFrom(Migration migration) {
            told.add("arrives on " + node + " from " + migration.peer());
            running = true;
        }

        @Override
        public Health monitor(OperationContext operation) {
            return running ? Health.RUNNING : Health.NOT_RUNNING;
        }
    }
}
