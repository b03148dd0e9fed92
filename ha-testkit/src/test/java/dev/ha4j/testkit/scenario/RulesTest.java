package dev.ha4j.testkit.scenario;

import static dev.ha4j.api.config.ColocationSet.chain;
import static dev.ha4j.api.config.ColocationSet.each;
import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.location;
import static dev.ha4j.api.config.Constraints.order;
import static dev.ha4j.api.config.Constraints.ticket;
import static dev.ha4j.api.config.OrderSet.inOrder;
import static dev.ha4j.api.config.OrderSet.inParallel;
import static dev.ha4j.testkit.scenario.ScenarioAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.OperationContext;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.ReloadableResource;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.Calendar;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterConfigBuilder;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.HealthColor;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.PlacementStrategy;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.testkit.junit.HaCluster;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Sets, room, health, tickets, times and parameters take effect from the configuration to the resource. */
class RulesTest {

    private static ClusterConfigBuilder cluster() {
        ClusterConfigBuilder builder = ClusterConfig.named("rules").authKey(AuthKey.of(new byte[AuthKey.KEY_BYTES]));
        for (int id = 1; id <= 3; id++) {
            builder.node(NodeSpec.of(id, String.valueOf((char) ('a' + id - 1)), "10.0.0." + id)
                    .capacity("memory", 8));
        }
        return builder;
    }

    private static Primitive leased(String name) {
        return Primitive.of(name).requires(ProofLevel.SELF_LEASE).monitorEvery(ofSeconds(10));
    }

    private static void host(SimulatedCluster cluster, ClusterConfig config) {
        cluster.configure(config);
        config.policy().primitives().forEach(primitive -> cluster.host(primitive.id(), Ledger.Quiet::new));
    }

    @HaCluster
    void setsStartInTheirOrderAndTogether(SimulatedCluster cluster) {
        List<String> started = new ArrayList<>();
        cluster.configure(cluster()
                .resource(leased("disk"))
                .resource(leased("net"))
                .resource(leased("db"))
                .constraint(order(inParallel("disk", "net")).then(inOrder("db")))
                .constraint(colocate(each("db")).with(chain("disk", "net")))
                .build());
        for (String name : List.of("disk", "net", "db")) {
            cluster.host(name, () -> new Told(name, started));
        }
        cluster.run(ofSeconds(5));
        assertThat(started).hasSize(3).last().isEqualTo("start db {}");
        assertThat(cluster.leader("db")).isEqualTo(cluster.leader("net")).isEqualTo(cluster.leader("disk"));
    }

    @HaCluster
    void nodesTakeNoMoreThanTheyHaveRoomFor(SimulatedCluster cluster) {
        host(
                cluster,
                cluster()
                        .resource(leased("one").uses("memory", 5).priority(2))
                        .resource(leased("two").uses("memory", 5).priority(1))
                        .resource(leased("three").uses("memory", 5))
                        .options(ClusterOptions.DEFAULTS.withPlacement(PlacementStrategy.BALANCED))
                        .build());
        assertThat(List.of(cluster.leader("one"), cluster.leader("two"), cluster.leader("three")))
                .doesNotHaveDuplicates();
        String lost = cluster.leader("one");
        cluster.powerOff(lost).run(ofMinutes(1));
        assertThat(cluster).isLedByNobody("three");
        assertThat(cluster.node(cluster.leader("two")).report().explanation("three"))
                .contains("three can't run anywhere")
                .contains("not enough room");
    }

    @HaCluster
    void resourcesLeaveANodeThatIsUnwell(SimulatedCluster cluster) {
        host(
                cluster,
                cluster()
                        .resource(leased("ledger"))
                        .options(ClusterOptions.DEFAULTS.withHealth(
                                HealthOptions.of(HealthOptions.Strategy.MIGRATE_ON_RED)))
                        .build());
        String first = cluster.leader("ledger");
        cluster.health(first, "disk", HealthColor.RED).run(ofSeconds(10));
        assertThat(cluster.leader("ledger")).isNotEqualTo(first);
        assertThat(cluster.acts("ledger")).neverOverlap();
    }

    @HaCluster
    void whatATicketGuardsRunsWhileItIsThere(SimulatedCluster cluster) {
        host(
                cluster,
                cluster()
                        .resource(leased("ledger"))
                        .constraint(ticket("site").guards("ledger"))
                        .build());
        cluster.start().run(ofSeconds(30));
        assertThat(cluster).isLedByNobody("ledger");
        assertThat(cluster.node("a").report().explanation()).contains("ticket site is not granted");
        cluster.grantTicket("site").run(ofSeconds(10));
        String first = cluster.leader("ledger");
        cluster.kill(first).run(ofMinutes(1));
        assertThat(cluster.leader("ledger")).isNotEqualTo(first);
        cluster.revokeTicket("site").run(ofSeconds(10));
        assertThat(cluster).isLedByNobody("ledger");
        cluster.grantTicket("site").heal().run(ofSeconds(30));
        assertThat(cluster).hasConverged();
    }

    @HaCluster
    void aTicketOfThePromotedRoleLeavesTheOthersAlone(SimulatedCluster cluster) {
        cluster.configure(cluster()
                .promotable("pg", p -> p.requires(ProofLevel.SELF_LEASE).monitorEvery(ofSeconds(10), Role.PROMOTED))
                .constraint(ticket("site").guards("pg", Role.PROMOTED))
                .build());
        cluster.host("pg", Ledger.Database::new);
        cluster.start().run(ofSeconds(40));
        assertThat(cluster).isLedByNobody("pg");
        assertThat(cluster.node("a").report().explanation()).contains("without ticket site");
        assertThat(cluster.node("a").report().resource("pg").orElseThrow().active())
                .hasSize(3);
        cluster.grantTicket("site").run(ofSeconds(20));
        assertThat(cluster).isLedBy("pg", "b");
        cluster.revokeTicket("site").run(ofSeconds(20));
        assertThat(cluster).isLedByNobody("pg");
        assertThat(cluster.node("a").report().resource("pg").orElseThrow().active())
                .hasSize(3);
    }

    @HaCluster
    void aRuleTakesEffectWhenItsTimeComes(SimulatedCluster cluster) {
        host(cluster, cluster().resource(leased("ledger")).build());
        String first = cluster.leader("ledger");
        Instant soon = cluster.node(first).clock().instant().plusSeconds(60);
        Constraint then =
                location("ledger").when(Expression.allOf(Expression.onNode(first), Expression.from(soon)), Score.MIN);
        cluster.reconfigure(policy -> policy.withConstraints(List.of(then))).run(ofSeconds(50));
        assertThat(cluster).isLedBy("ledger", first);
        cluster.run(ofSeconds(20));
        assertThat(cluster.leader("ledger")).isNotEqualTo(first);
    }

    /** A calendar is looked at again when it changes, though the next plan would be minutes away. */
    @HaCluster
    void aCalendarIsHeededToTheMinute(SimulatedCluster cluster) {
        host(cluster, cluster().resource(leased("ledger")).build());
        String first = cluster.leader("ledger");
        int minute =
                cluster.node(first).clock().instant().atOffset(ZoneOffset.UTC).getMinute();
        Calendar soon = Calendar.inUtc().minutes((minute + 2) % 60, (minute + 2) % 60);
        Constraint then = location("ledger").when(Expression.allOf(Expression.onNode(first), soon), Score.MIN);
        cluster.reconfigure(policy -> policy.withConstraints(List.of(then))).run(ofSeconds(50));
        assertThat(cluster).isLedBy("ledger", first);
        cluster.run(ofSeconds(75));
        assertThat(cluster.leader("ledger")).isNotEqualTo(first);
    }

    @HaCluster
    void changedParametersRestartOrReloadWhereItRuns(SimulatedCluster cluster) {
        List<String> told = new ArrayList<>();
        Primitive before = leased("ledger")
                .parameter("port", "80")
                .parameter("threads", "8")
                .reloadable("threads");
        cluster.configure(cluster().resource(before).build());
        cluster.host("ledger", () -> new Told("ledger", told));
        String leader = cluster.leader("ledger");
        cluster.put(before.parameter("threads", "2")).run(ofSeconds(10));
        cluster.put(before.parameter("threads", "2").parameter("port", "81")).run(ofSeconds(10));
        assertThat(told)
                .containsExactly(
                        "start ledger {port=80, threads=8}",
                        "reload ledger {port=80, threads=2}",
                        "stop ledger {port=80, threads=2}",
                        "start ledger {port=81, threads=2}");
        assertThat(cluster).isLedBy("ledger", leader).hasConverged();
    }

    @HaCluster
    void aReloadThatFailsIsFollowedByARestart(SimulatedCluster cluster) {
        List<String> told = new ArrayList<>();
        Primitive before = leased("ledger").parameter("threads", "8").reloadable("threads");
        cluster.configure(cluster().resource(before).build());
        cluster.host("ledger", () -> new Told("ledger", told));
        cluster.operationFails("ledger", dev.ha4j.api.config.OperationName.RELOAD, cluster.leader("ledger"));
        cluster.put(before.parameter("threads", "2")).run(ofSeconds(10));
        assertThat(told)
                .containsExactly("start ledger {threads=8}", "stop ledger {threads=2}", "start ledger {threads=2}");
        assertThat(cluster).hasConverged();
    }

    /** Remembers what it is told. */
    private static final class Told implements ReloadableResource {
        private final String name;
        private final List<String> told;
        private boolean running;

        Told(String name, List<String> told) {
            this.name = name;
            this.told = told;
        }

        @Override
        public void start(OperationContext operation) {
            told.add("start " + name + " " + operation.parameters());
            running = true;
        }

        @Override
        public void stop(OperationContext operation) {
            told.add("stop " + name + " " + operation.parameters());
            running = false;
        }

        @Override
        public void reload(OperationContext operation) {
            told.add("reload " + name + " " + operation.parameters());
        }

        @Override
        public dev.ha4j.api.Health monitor(OperationContext operation) {
            return running ? dev.ha4j.api.Health.RUNNING : dev.ha4j.api.Health.NOT_RUNNING;
        }
    }
}
