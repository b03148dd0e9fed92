package dev.ha4j.testkit.scenario;

import static dev.ha4j.testkit.scenario.ScenarioAssertions.assertThat;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.testkit.junit.HaCluster;
import dev.ha4j.testkit.world.Network;
import org.junit.jupiter.api.Test;

/** What a tester is told when the code under test, or the test itself, is wrong. */
class ScenarioErrorsTest {

    @HaCluster(fencing = false)
    void resourceThatGoesOnWritingIsCaught(SimulatedCluster cluster) {
        cluster.host("ledger", () -> new Ledger.Stubborn(cluster));
        String first = cluster.leader("ledger");
        cluster.standby(first, true).run(ofMinutes(1));
        assertThatThrownBy(() -> assertThat(cluster.acts("ledger")).neverOverlap())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ledger: " + first + " acts with token 1")
                .hasMessageContaining("though it had been replaced");
        assertThatThrownBy(() -> assertThat(cluster.acts("ledger")).haveRisingTokens())
                .isInstanceOf(AssertionError.class);
    }

    @HaCluster(seed = 4711)
    void failureSaysHowToReplayIt(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        cluster.partition("a").from("b", "c").run(ofSeconds(20));
        assertThatThrownBy(() -> assertThat(cluster).hasConverged())
                .isInstanceOf(ScenarioFailure.class)
                .hasMessageContaining("node ")
                .hasMessageContaining("@HaCluster(seed = 4711)")
                .hasMessageContaining("cut between [a] and [b, c]")
                .hasMessageContaining("RegularInstalled");
    }

    @HaCluster
    void leaderThatIsMissingIsExplained(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        cluster.kill("a", "b").run(ofSeconds(20));
        assertThatThrownBy(() -> cluster.leader("ledger"))
                .hasMessageContaining("nobody leads ledger")
                .hasMessageContaining("there is no quorum");
        assertThatThrownBy(() -> cluster.node("a").report()).hasMessageContaining("restart(\"a\")");
    }

    @HaCluster
    void unknownNamesAreSaidWithThoseThatThereAre(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        assertThatThrownBy(() -> cluster.kill("d")).hasMessage("there is no node d in this cluster, but [a, b, c]");
        assertThatThrownBy(() -> cluster.acts("leger")).hasMessage("nothing called leger is hosted here, but [ledger]");
        assertThatThrownBy(() -> cluster.storage("leger")).hasMessageContaining("[ledger]");
        assertThatThrownBy(() -> cluster.partition()).hasMessage("name at least one node");
        assertThatThrownBy(() -> cluster.packetLoss("a", 20)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> cluster.run(ofSeconds(-1))).hasMessageContaining("back");
    }

    @HaCluster
    void halfACutIsNoCut(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        Partition half = cluster.partition("a");
        assertThatThrownBy(() -> cluster.run(ofSeconds(1)))
                .hasMessage("partition(a) doesn't say from whom: add .from(...)");
        half.from("b").run(ofSeconds(1));
    }

    @HaCluster
    void whatIsHostedIsSaidFirst(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new).run(ofSeconds(1));
        assertThatThrownBy(() -> cluster.host("api", Ledger.Quiet::new)).hasMessageContaining("runs already");
    }

    @HaCluster
    void callsThatAreForTheCodeUnderTestAreRefusedInTheTest(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new).run(ofSeconds(1));
        assertThatThrownBy(cluster::scheduler).hasMessageContaining("is for code that runs on a simulated node");
        assertThatThrownBy(() -> cluster.takes(ofSeconds(1))).hasMessageContaining("takes(...)");
        assertThatThrownBy(() -> cluster.storage("ledger").write(1)).hasMessageContaining("storage(\"ledger\")");
    }

    @Test
    void clusterThatHostsNothingIsRefused() {
        try (SimulatedCluster cluster = SimulatedCluster.of(3, 1, true)) {
            assertThatThrownBy(() -> cluster.run(ofSeconds(1))).hasMessageContaining("hosts nothing");
        }
    }

    @Test
    void numberOfNodesIsBounded() {
        assertThatThrownBy(() -> SimulatedCluster.of(Network.MAX_NODES + 1, 1, true))
                .hasMessageContaining("1 to 16");
    }

    @Test
    void promotableResourceIsNotHostedAsAPlainOne() {
        try (SimulatedCluster cluster = SimulatedCluster.of(3, 1, true).host("pg", Ledger.Database::new)) {
            assertThatThrownBy(() -> cluster.run(ofSeconds(1))).hasMessageContaining("use hostPromotable(\"pg\", ...)");
        }
    }

    @Test
    void supplierThatThrowsIsNamed() {
        try (SimulatedCluster cluster = SimulatedCluster.of(3, 1, true).host("ledger", () -> {
            throw new IllegalArgumentException("no data source");
        })) {
            assertThatThrownBy(() -> cluster.run(ofSeconds(1)))
                    .hasMessageContaining("ledger on node a")
                    .hasMessageContaining("no data source");
        }
    }

    @Test
    void proofThatNobodyCanGiveIsRefusedAsInProduction() {
        try (SimulatedCluster cluster = SimulatedCluster.of(3, 1, false)
                .host(Primitive.of("ledger").requires(ProofLevel.POWER_VERIFIED), Ledger.Quiet::new)) {
            assertThatThrownBy(() -> cluster.run(ofMillis(1))).hasMessageContaining("demands POWER_VERIFIED");
        }
    }

    @Test
    void resourcesOfAConfigurationAreAllHosted() {
        ClusterConfig config = ClusterConfig.named("orders")
                .node(1, "north", "10.0.0.1")
                .node(2, "south", "10.0.0.2")
                .node(3, "west", "10.0.0.3")
                .authKey(new byte[AuthKey.KEY_BYTES])
                .resource(Primitive.of("ledger").requires(ProofLevel.SELF_LEASE))
                .resource(Primitive.of("api").requires(ProofLevel.SELF_LEASE))
                .build();
        try (SimulatedCluster cluster =
                SimulatedCluster.of(3, 1, true).configure(config).host("ledger", Ledger.Quiet::new)) {
            assertThatThrownBy(() -> cluster.run(ofMillis(1))).hasMessageContaining("call host(\"api\", ...)");
            assertThatThrownBy(() -> cluster.host("apy", Ledger.Quiet::new)).hasMessageContaining("[ledger, api]");
            cluster.host("api", Ledger.Quiet::new);
            cluster.kill(cluster.leader("api")).run(ofSeconds(20)).heal().run(ofSeconds(30));
            assertThat(cluster).hasConverged();
            assertThat(cluster.acts("api")).neverOverlap();
        }
    }
}
