package dev.ha4j.examples.shards;

import static dev.ha4j.testkit.scenario.ScenarioAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Health;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Resource;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.testkit.junit.HaCluster;
import dev.ha4j.testkit.scenario.SimulatedCluster;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

/** Four databases on three nodes, each with a cache of its own number beside it. */
class PairTest {

    private static final List<Integer> NUMBERS = IntStream.range(0, 4).boxed().toList();

    /** By name of the instance and its node. */
    private final ConcurrentSkipListSet<String> running = new ConcurrentSkipListSet<>();

    private SimulatedCluster pairs(SimulatedCluster cluster) {
        Primitive db = Primitive.of("db").requires(ProofLevel.SELF_LEASE).monitorEvery(ofSeconds(10));
        Primitive cache = Primitive.of("cache").requires(ProofLevel.SELF_LEASE).monitorEvery(ofSeconds(10));
        Group pair = new Group("pair", MetaOptions.DEFAULTS, List.of(db, cache));
        ClusterConfig config = ClusterConfig.named("pairs")
                .node(1, "a", "10.0.0.1")
                .node(2, "b", "10.0.0.2")
                .node(3, "c", "10.0.0.3")
                .authKey(AuthKey.of(new byte[AuthKey.KEY_BYTES]))
                .resource(Clone.of(pair, CloneOptions.unique(NUMBERS.size())))
                .build();
        return cluster.configure(config)
                .hostEach("db", number -> new Part("db:" + number, ""))
                .hostEach("cache", number -> new Part("cache:" + number, "db:" + number));
    }

    private void areTogether(SimulatedCluster cluster) {
        assertThat(NUMBERS)
                .allSatisfy(number ->
                        assertThat(cluster.leader("cache:" + number)).isEqualTo(cluster.leader("db:" + number)));
    }

    private static void neverTwice(SimulatedCluster cluster) {
        for (int number : NUMBERS) {
            for (String name : List.of("db:" + number, "cache:" + number)) {
                assertThat(cluster.acts(name)).neverOverlap().haveRisingTokens().wereNeverRefused();
            }
        }
    }

    @HaCluster(seeds = 3)
    void thoseOfOneNumberStayTogetherWhenANodeIsLost(SimulatedCluster cluster) {
        pairs(cluster).run(ofSeconds(20));
        areTogether(cluster);
        assertThat(new TreeSet<>(NUMBERS.stream()
                        .map(number -> cluster.leader("db:" + number))
                        .toList()))
                .as("all nodes have some")
                .hasSize(3);
        String lost = cluster.leader("db:0");
        cluster.kill(lost).run(ofMinutes(1));
        areTogether(cluster);
        assertThat(NUMBERS)
                .allSatisfy(number -> assertThat(cluster.leader("db:" + number)).isNotEqualTo(lost));
        neverTwice(cluster);
    }

    @HaCluster(seeds = 3)
    void thoseOfAMinorityAreTakenOverWhenTheirLeaseIsOver(SimulatedCluster cluster) {
        pairs(cluster).run(ofSeconds(20));
        String alone = cluster.leader("db:1");
        String[] others = List.of("a", "b", "c").stream()
                .filter(node -> !node.equals(alone))
                .toArray(String[]::new);
        cluster.partition(alone).from(others);
        cluster.run(ofMinutes(1));
        areTogether(cluster);
        assertThat(cluster.leader("db:1")).isNotEqualTo(alone);
        cluster.heal().run(ofMinutes(1));
        assertThat(cluster).hasConverged();
        areTogether(cluster);
        neverTwice(cluster);
    }

    /** Runs only beside what it needs. */
    private final class Part implements Resource {

        private final String name;
        private final String needed;
        private boolean active;

        Part(String name, String needed) {
            this.name = name;
            this.needed = needed;
        }

        @Override
        public void start(OperationContext operation) {
            if (!needed.isEmpty()) {
                assertThat(running).as("%s starts behind %s", name, needed).contains(needed + "@" + operation.node());
            }
            running.add(name + "@" + operation.node());
            active = true;
        }

        @Override
        public void stop(OperationContext operation) {
            running.remove(name + "@" + operation.node());
            active = false;
        }

        @Override
        public Health monitor(OperationContext operation) {
            return active ? Health.RUNNING : Health.NOT_RUNNING;
        }
    }
}
