package dev.ha4j.testkit.scenario;

import static dev.ha4j.testkit.scenario.ScenarioAssertions.assertThat;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.Constraints;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.testkit.junit.HaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a scenario can do to a cluster, and what a user's resource goes through then. */
class ScenarioTest {

    @HaCluster
    void ledgerSurvivesASplit(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        cluster.partition("a").from("b", "c");
        cluster.run(ofMinutes(2));
        assertThat(cluster.acts("ledger")).neverOverlap().haveRisingTokens();
        cluster.heal().run(ofSeconds(30));
        assertThat(cluster).hasConverged();
    }

    @HaCluster(seeds = 3)
    void leaderThatIsCutOffIsFencedAndReplaced(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        String first = cluster.leader("ledger");
        cluster.partition(first).from(others(cluster, first)).run(ofSeconds(20));
        assertThat(cluster.leader("ledger")).isNotEqualTo(first);
        assertThat(cluster.node(first).isRunning()).isFalse();
        assertThat(cluster.acts("ledger")).neverPauseLongerThan(ofSeconds(5));
    }

    @HaCluster
    void deadLeaderIsReplacedAndItsSuccessorToo(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        String first = cluster.leader("ledger");
        cluster.kill(first).run(ofSeconds(20));
        String second = cluster.leader("ledger");
        cluster.restart(first).run(ofSeconds(20)).powerOff(second).run(ofSeconds(20));
        assertThat(List.of(first, second, cluster.leader("ledger"))).doesNotContainSequence(second, second);
        assertThat(cluster.acts("ledger")).neverOverlap().haveRisingTokens().wereNeverRefused();
    }

    @HaCluster
    void frozenLeaderWakesUpFenced(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        String first = cluster.leader("ledger");
        cluster.freeze(first).run(ofSeconds(20)).thaw(first).run(ofSeconds(5));
        assertThat(cluster.node(first).isPowered()).isFalse();
        assertThat(cluster.acts("ledger")).neverOverlap();
    }

    @HaCluster(fencing = false)
    void frozenLeaderWithoutFencingWakesUpWithoutItsTerm(SimulatedCluster cluster) {
        cluster.host("ledger", () -> new Ledger.Writing(cluster));
        String first = cluster.leader("ledger");
        cluster.freeze(first).run(ofSeconds(60));
        assertThat(cluster.leader("ledger")).isNotEqualTo(first);
        cluster.thaw(first).run(ofSeconds(30));
        assertThat(cluster.acts("ledger")).haveRisingTokens().neverOverlap();
        assertThat(cluster).hasConverged();
    }

    @HaCluster
    void storageThatDemandsTokensRefusesTheOldLeader(SimulatedCluster cluster) {
        cluster.host(Primitive.of("ledger").requires(ProofLevel.RESOURCE_TOKEN), () -> new Ledger.Stubborn(cluster));
        String first = cluster.leader("ledger");
        cluster.fenceHangs(first).freeze(first).run(ofSeconds(20)).thaw(first).run(ofMillis(200));
        Acts acts = cluster.acts("ledger");
        assertThat(acts.refused()).isNotEmpty();
        assertThat(acts).neverOverlap().haveRisingTokens();
    }

    @HaCluster
    void withoutAConfirmedFenceNobodyLeadsUntilAHumanConfirms(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        String first = cluster.leader("ledger");
        cluster.fenceFails(first).powerOff(first).run(ofSeconds(60));
        assertThat(cluster).isLedByNobody("ledger");
        assertThat(cluster.node(others(cluster, first)[0]).report().explanation())
                .contains("power-" + first);
        cluster.confirmDown(first).run(ofSeconds(10));
        assertThat(cluster.leader("ledger")).isNotEqualTo(first);
    }

    @HaCluster
    void stopThatHangsIsFenced(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        String first = cluster.leader("ledger");
        cluster.operationHangs("ledger", OperationName.STOP, first)
                .standby(first, true)
                .run(ofMinutes(2));
        assertThat(cluster.node(first).isRunning()).isFalse();
        assertThat(cluster.leader("ledger")).isNotEqualTo(first);
    }

    @HaCluster
    void startThatFailsIsTriedElsewhere(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        String first = cluster.leader("ledger");
        String[] others = others(cluster, first);
        cluster.operationFails("ledger", OperationName.START, others[0]);
        cluster.kill(first).run(ofMinutes(1));
        assertThat(cluster).isLedBy("ledger", others[1]);
    }

    @HaCluster
    void lostDiskIsSurvived(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        cluster.loseDisk("b").run(ofSeconds(10)).restart("b").run(ofSeconds(30));
        assertThat(cluster).hasConverged();
        assertThat(cluster.acts("ledger")).haveRisingTokens();
    }

    @HaCluster
    void wholeClusterComesBackFromAPowerCut(SimulatedCluster cluster) {
        cluster.host("ledger", () -> new Ledger.Writing(cluster));
        long before = last(cluster.acts("ledger")).token();
        cluster.powerOff("a", "b", "c").run(ofSeconds(5)).heal().run(ofSeconds(40));
        assertThat(cluster).hasConverged();
        assertThat(last(cluster.acts("ledger")).token()).isGreaterThan(before);
    }

    @HaCluster
    void badNetworkAndSlowDisksAreTolerated(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        cluster.packetLoss("a", 0.05).packetDelay("b", ofMillis(3)).slowDisk("c", ofMillis(100));
        cluster.mute("a").from("c").run(ofMinutes(1));
        cluster.heal().run(ofSeconds(40));
        assertThat(cluster).hasConverged();
    }

    @HaCluster(seeds = 5)
    void ledgerWeathersAStorm(SimulatedCluster cluster) {
        cluster.host("ledger", () -> new Ledger.Writing(cluster));
        cluster.storm(ofMinutes(3));
        assertThat(cluster.acts("ledger")).neverOverlap().haveRisingTokens();
        cluster.heal().run(ofMinutes(1)).cleanup("ledger").run(ofMinutes(2)); // starts may have failed everywhere
        assertThat(cluster).hasConverged();
    }

    @HaCluster
    void nodeThatLeavesHandsOver(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new);
        String first = cluster.leader("ledger");
        cluster.leave(first).run(ofSeconds(10));
        assertThat(cluster.node(first).isRunning()).isFalse();
        assertThat(cluster.leader("ledger")).isNotEqualTo(first);
        assertThat(cluster.acts("ledger")).neverPauseLongerThan(ofSeconds(2));
    }

    @HaCluster(nodes = 5)
    void onlyTheMajorityLeads(SimulatedCluster cluster) {
        cluster.lead("batch", term -> () -> {});
        cluster.partition("a", "b").from("c", "d", "e").run(ofMinutes(1));
        assertThat(cluster.leader("batch")).isIn("c", "d", "e");
        assertThat(cluster.acts("batch")).neverOverlap();
    }

    @HaCluster(fencing = false)
    void leadershipIsRevokedWithTheQuorum(SimulatedCluster cluster) {
        List<String> heard = new ArrayList<>();
        cluster.lead(
                "batch",
                LeadershipOptions.DEFAULTS,
                () -> new RecordingListener(event -> heard.add(cluster.here() + " " + event)));
        String leader = cluster.leader("batch");
        cluster.kill(others(cluster, leader)).run(ofSeconds(20));
        assertThat(heard).containsExactly(leader + " granted", leader + " revoked");
        assertThat(cluster).isLedByNobody("batch");
    }

    @HaCluster
    void promotableResourceIsPromotedWhereItsScoreIsBest(SimulatedCluster cluster) {
        cluster.hostPromotable("pg", Ledger.Database::new);
        cluster.run(ofSeconds(60));
        assertThat(cluster).isLedBy("pg", "b").hasConverged();
        cluster.kill("b").run(ofSeconds(20));
        assertThat(cluster.leader("pg")).isNotEqualTo("b");
        assertThat(cluster.acts("pg")).neverOverlap();
    }

    @HaCluster
    void nodeThatIsLateAtTheFirstStartIsAwaitedRatherThanFenced(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new).start();
        cluster.partition("c").from("a", "b").run(ofSeconds(5));
        assertThat(cluster.node("a").report().explanation()).contains("node c was never seen and may be starting");
        assertThat(cluster).isLedByNobody("ledger");
        cluster.heal().run(ofSeconds(5));
        assertThat(cluster.node("c").isRunning()).isTrue();
        assertThat(cluster).isLedBy("ledger", cluster.leader("ledger")).hasConverged();
    }

    @HaCluster
    void nodeThatIsMissingAtTheFirstStartIsFencedInTheEnd(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new).start();
        cluster.partition("c").from("a", "b").run(ofSeconds(30));
        assertThat(cluster.node("c").isPowered()).isFalse();
        assertThat(cluster.leader("ledger")).isIn("a", "b");
    }

    @HaCluster
    void constraintsHold(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new)
                .host("api", Ledger.Quiet::new)
                .constraint(Constraints.colocate("api").with("ledger"))
                .constraint(Constraints.order("ledger").then("api"));
        assertThat(cluster).isLedBy("api", cluster.leader("ledger"));
        cluster.kill(cluster.leader("ledger")).run(ofSeconds(20));
        assertThat(cluster).isLedBy("api", cluster.leader("ledger"));
    }

    @HaCluster
    void codeThatTakesItsTimeIsInterruptedByTheTimeout(SimulatedCluster cluster) {
        List<String> events = new ArrayList<>();
        cluster.host("ledger", () -> new SlowToStop(cluster, ofMinutes(5), events::add));
        String first = cluster.leader("ledger");
        cluster.standby(first, true).run(ofMinutes(1));
        assertThat(events).contains("stop begins on " + first, "stop interrupted on " + first);
        assertThat(cluster.node(first).isRunning()).isFalse();
    }

    @HaCluster
    void codeThatTakesItsTimeIsWaitedFor(SimulatedCluster cluster) {
        List<String> events = new ArrayList<>();
        cluster.host("ledger", () -> new SlowToStop(cluster, ofSeconds(3), events::add));
        String first = cluster.leader("ledger");
        Duration before = cluster.now();
        cluster.standby(first, true).run(ofSeconds(20));
        Act next = cluster.acts("ledger").all().stream()
                .filter(act -> !act.node().equals(first))
                .findFirst()
                .orElseThrow();
        assertThat(next.at().minus(before)).isGreaterThan(ofSeconds(3));
        assertThat(events).containsExactly("stop begins on " + first, "stop ends on " + first);
    }

    private static String[] others(SimulatedCluster cluster, String node) {
        return cluster.nodes().stream()
                .map(SimulatedNode::name)
                .filter(name -> !name.equals(node))
                .toArray(String[]::new);
    }

    private static Act last(Acts acts) {
        return acts.all().get(acts.all().size() - 1);
    }
}
