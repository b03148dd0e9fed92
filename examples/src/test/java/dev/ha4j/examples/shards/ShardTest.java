package dev.ha4j.examples.shards;

import static dev.ha4j.testkit.scenario.ScenarioAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Health;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.testkit.junit.HaCluster;
import dev.ha4j.testkit.scenario.SimulatedCluster;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Five shards on three nodes: each has a number, and is on one node at a time. */
class ShardTest {

    private static final List<String> SHARDS =
            IntStream.range(0, 5).mapToObj(number -> "shard:" + number).toList();

    @HaCluster(seeds = 3)
    void shardsAreSpreadAndSurviveTheLossOfANode(SimulatedCluster cluster) {
        cluster.hostEach(Primitive.of("shard").monitorEvery(ofSeconds(10)), CloneOptions.unique(5), Shard::new)
                .run(ofSeconds(20));
        assertThat(SHARDS.stream().collect(Collectors.groupingBy(cluster::leader)))
                .as("the fullest node has two of five")
                .hasSize(3)
                .allSatisfy((node, shards) -> assertThat(shards).hasSizeBetween(1, 2));
        String lost = cluster.leader("shard:0");
        cluster.kill(lost).run(ofSeconds(30));
        assertThat(SHARDS).allSatisfy(shard -> assertThat(cluster.leader(shard)).isNotEqualTo(lost));
        SHARDS.forEach(shard -> assertThat(cluster.acts(shard))
                .neverOverlap()
                .haveRisingTokens()
                .wereNeverRefused());
    }

    @HaCluster
    void onlyTheShardsOfTheLostNodeWait(SimulatedCluster cluster) {
        cluster.hostEach(Primitive.of("shard").monitorEvery(ofSeconds(10)), CloneOptions.unique(5), Shard::new)
                .run(ofSeconds(20));
        String lost = cluster.leader("shard:0");
        List<String> others = SHARDS.stream()
                .filter(shard -> !cluster.leader(shard).equals(lost))
                .toList();
        cluster.fenceFails(lost).powerOff(lost).run(ofMinutes(1));
        assertThat(cluster).isLedByNobody("shard:0");
        assertThat(others)
                .allSatisfy(shard -> assertThat(cluster.findLeader(shard)).isPresent());
        cluster.confirmDown(lost).run(ofSeconds(10));
        assertThat(cluster.leader("shard:0")).isNotEqualTo(lost);
    }

    @HaCluster
    void theirNumberIsChangedWhileTheyRun(SimulatedCluster cluster) {
        Primitive shard = Primitive.of("shard").monitorEvery(ofSeconds(10));
        cluster.hostEach(shard, CloneOptions.unique(2), Shard::new).run(ofSeconds(20));
        cluster.put(Clone.of(shard, CloneOptions.unique(4))).run(ofSeconds(20));
        assertThat(List.of("shard:0", "shard:1", "shard:2", "shard:3"))
                .allSatisfy(name -> assertThat(cluster.findLeader(name)).isPresent());
        cluster.put(Clone.of(shard, CloneOptions.unique(1))).run(ofSeconds(20));
        assertThat(cluster.findLeader("shard:0")).isPresent();
        assertThat(List.of("shard:1", "shard:2", "shard:3"))
                .allSatisfy(name -> assertThat(cluster.findLeader(name)).isEmpty());
    }

    /** A part of the data; its number says which. */
    private static final class Shard implements Resource {

        private final int number;
        private boolean running;

        Shard(int number) {
            this.number = number;
        }

        @Override
        public void start(OperationContext operation) {
            assertThat(operation.instance()).hasValue(number);
            assertThat(operation.term().token()).isPositive();
            running = true;
        }

        @Override
        public void stop(OperationContext operation) {
            running = false;
        }

        @Override
        public Health monitor(OperationContext operation) {
            return running ? Health.RUNNING : Health.NOT_RUNNING;
        }
    }
}
