package dev.ha4j.examples.ledger;

import static dev.ha4j.testkit.scenario.ScenarioAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.testkit.junit.HaCluster;
import dev.ha4j.testkit.scenario.SimulatedCluster;

/** The ledger on three simulated nodes: what production does to it, in a second. */
class LedgerResourceTest {

    @HaCluster(nodes = 3)
    void ledgerSurvivesASplit(SimulatedCluster cluster) {
        host(cluster);
        cluster.partition("a").from("b", "c");
        cluster.run(ofMinutes(2));
        assertThat(cluster.acts("ledger")).neverOverlap().haveRisingTokens();
        cluster.heal().run(ofSeconds(30));
        assertThat(cluster).hasConverged();
    }

    @HaCluster(seeds = 5)
    void ledgerMovesWithinThreeSecondsWhenItsNodeDies(SimulatedCluster cluster) {
        host(cluster);
        String leader = cluster.leader("ledger");
        cluster.kill(leader).run(ofSeconds(20));
        assertThat(cluster.leader("ledger")).isNotEqualTo(leader);
        assertThat(cluster.acts("ledger")).neverPauseLongerThan(ofSeconds(3)).wereNeverRefused();
    }

    @HaCluster(seeds = 5, fencing = false)
    void ledgerThatSleepsThroughItsTermDoesNotActInIt(SimulatedCluster cluster) {
        host(cluster);
        String sleeper = cluster.leader("ledger");
        cluster.freeze(sleeper).run(ofSeconds(30)).thaw(sleeper).run(ofSeconds(30));
        assertThat(cluster.acts("ledger")).neverOverlap().haveRisingTokens();
        assertThat(cluster).hasConverged();
    }

    @HaCluster
    void nobodyWritesWhileALostNodeMayStillDoSo(SimulatedCluster cluster) {
        host(cluster);
        String lost = cluster.leader("ledger");
        cluster.fenceFails(lost).powerOff(lost).run(ofMinutes(1));
        assertThat(cluster).isLedByNobody("ledger");
        cluster.confirmDown(lost).run(ofSeconds(10));
        assertThat(cluster.leader("ledger")).isNotEqualTo(lost);
    }

    @HaCluster(seeds = 5)
    void ledgerWeathersAStorm(SimulatedCluster cluster) {
        host(cluster);
        cluster.storm(ofMinutes(3));
        assertThat(cluster.acts("ledger")).neverOverlap().haveRisingTokens();
        cluster.heal().run(ofMinutes(1)).cleanup("ledger").run(ofMinutes(2)); // starts may have failed everywhere
        assertThat(cluster).hasConverged();
    }

    private static void host(SimulatedCluster cluster) {
        cluster.host("ledger", () -> new LedgerResource(cluster.storage("ledger")::write, cluster.scheduler()));
    }
}
