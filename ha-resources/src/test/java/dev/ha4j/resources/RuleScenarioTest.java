package dev.ha4j.resources;

import static dev.ha4j.api.config.ColocationSet.chain;
import static dev.ha4j.api.config.ColocationSet.each;
import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.location;
import static dev.ha4j.api.config.Constraints.order;
import static dev.ha4j.api.config.Constraints.ticket;
import static dev.ha4j.api.config.OrderSet.anyOf;
import static dev.ha4j.api.config.OrderSet.inOrder;
import static dev.ha4j.api.config.OrderSet.inParallel;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.Calendar;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.LossPolicy;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.PlacementStrategy;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.state.ReturnCode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One folder for each case: what is planned because of sets, room, health, tickets, times and parameters. */
class RuleScenarioTest {

    /** TestCluster plans for this time: a Thursday, 00:16:40 UTC, 1 January 1970. */
    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

    private final GoldenPlans scenarios = new GoldenPlans("rules");

    @TestFactory
    Stream<DynamicTest> plansAreAsReviewed() {
        sets();
        room();
        health();
        tickets();
        times();
        parameters();
        migration();
        return scenarios.tests();
    }

    private static TestCluster two(Primitive... resources) {
        return new TestCluster(2).fenceable().resources(resources);
    }

    private static TestCluster probed(TestCluster cluster) {
        cluster.state
                .policy()
                .primitives()
                .forEach(primitive -> cluster.state
                        .policy()
                        .nodes()
                        .forEach(node -> cluster.record(
                                node.name(), primitive.id(), OperationName.MONITOR, 0, ReturnCode.NOT_RUNNING)));
        return cluster;
    }

    private static Primitive[] four() {
        return new Primitive[] {Primitive.of("disk"), Primitive.of("net"), Primitive.of("db"), Primitive.of("api")};
    }

    private void sets() {
        scenarios.put(
                "order-parallel-then-sequence",
                () -> probed(
                        two(four()).constraints(order(inParallel("disk", "net")).then(inOrder("db", "api")))));
        scenarios.put(
                "order-any-of",
                () -> probed(two(four()).constraints(order(anyOf("disk", "net")).then("db"))));
        scenarios.put(
                "order-any-of-stops",
                () -> two(four())
                        .constraints(order(anyOf("disk", "net")).then("db"))
                        .settle()
                        .replaceResource(Primitive.of("disk").targetRole(Role.STOPPED)));
        scenarios.put(
                "colocation-each-with-chain",
                () -> probed(two(four())
                        .constraints(
                                colocate(each("db", "api")).with(chain("disk", "net")),
                                location("net").prefers("b", 50))));
        scenarios.put(
                "colocation-apart",
                () -> probed(
                        two(four()).constraints(colocate(chain("disk", "net")).score(Score.MIN))));
        scenarios.put(
                "location-of-several",
                () -> probed(two(four()).constraints(location("db", "api").avoids("a"))));
    }

    private static UnaryOperator<ClusterOptions> placed(PlacementStrategy strategy) {
        return options -> options.withPlacement(strategy);
    }

    private void room() {
        scenarios.put(
                "room-for-one-each",
                () -> probed(two(
                                Primitive.of("big").uses("memory", 6),
                                Primitive.of("other").uses("memory", 6))
                        .capacity("a", "memory", 8)
                        .capacity("b", "memory", 8)
                        .options(placed(PlacementStrategy.UTILIZATION))));
        scenarios.put(
                "room-for-no-more",
                () -> probed(two(
                                Primitive.of("big").uses("memory", 6).priority(1),
                                Primitive.of("other").uses("memory", 6))
                        .capacity("a", "memory", 8)
                        .options(placed(PlacementStrategy.BALANCED))));
        scenarios.put(
                "few-nodes-will-do",
                () -> probed(two(
                                Primitive.of("one").uses("memory", 2),
                                Primitive.of("two").uses("memory", 2))
                        .capacity("a", "memory", 8)
                        .capacity("b", "memory", 8)
                        .options(placed(PlacementStrategy.MINIMAL))));
    }

    private static TestCluster unwell(String color, HealthOptions.Strategy strategy, boolean indifferent) {
        Primitive ledger = Primitive.of("ledger");
        return two(indifferent ? ledger.meta(ledger.meta().withAllowUnhealthyNodes(true)) : ledger)
                .settle()
                .options(options -> options.withHealth(HealthOptions.of(strategy)))
                .node("a", status -> status.withAttributes(new TreeMap<>(Map.of("#health-disk", color))));
    }

    private void health() {
        scenarios.put("leaves-on-red", () -> unwell("red", HealthOptions.Strategy.MIGRATE_ON_RED, false));
        scenarios.put("stays-on-yellow", () -> unwell("yellow", HealthOptions.Strategy.MIGRATE_ON_RED, false));
        scenarios.put("only-green-will-do", () -> unwell("yellow", HealthOptions.Strategy.ONLY_GREEN, false));
        scenarios.put("does-not-mind", () -> unwell("red", HealthOptions.Strategy.MIGRATE_ON_RED, true));
    }

    private static TestCluster ticketed(LossPolicy policy) {
        return two(Primitive.of("ledger"))
                .constraints(ticket("site").guards("ledger").onLoss(policy))
                .ticket("site", true, false)
                .settle();
    }

    private static TestCluster promotedByTicket() {
        return new TestCluster(2)
                .fenceable()
                .resources(Clone.of(Primitive.of("pg"), CloneOptions.ONE_PROMOTED))
                .constraints(ticket("site").guards("pg", Role.PROMOTED))
                .promotionScore("a", "pg", 10)
                .promotionScore("b", "pg", 5);
    }

    private void tickets() {
        scenarios.put(
                "never-granted",
                () -> probed(
                        two(Primitive.of("ledger")).constraints(ticket("site").guards("ledger"))));
        scenarios.put("ticket-there", () -> ticketed(LossPolicy.STOP));
        scenarios.put("lost-and-stopped", () -> ticketed(LossPolicy.STOP).ticket("site", false, false));
        scenarios.put("lost-and-fenced", () -> ticketed(LossPolicy.FENCE).ticket("site", false, false));
        scenarios.put("lost-and-frozen", () -> ticketed(LossPolicy.FREEZE).ticket("site", false, false));
        scenarios.put("standby-stops-in-peace", () -> ticketed(LossPolicy.FENCE).ticket("site", true, true));
        scenarios.put("not-promoted-without", () -> promotedByTicket().settle());
        scenarios.put(
                "lost-and-demoted",
                () -> promotedByTicket().ticket("site", true, false).settle().ticket("site", false, false));
    }

    private void times() {
        scenarios.put(
                "from-then-on",
                () -> two(Primitive.of("ledger"))
                        .settle()
                        .constraints(location("ledger").when(Expression.from(NOW.plusSeconds(60)), Score.MIN)));
        scenarios.put(
                "until-then",
                () -> two(Primitive.of("ledger"))
                        .settle()
                        .constraints(location("ledger")
                                .when(
                                        Expression.allOf(Expression.onNode("a"), Expression.until(NOW.plusSeconds(60))),
                                        Score.MIN)));
        scenarios.put(
                "calendar-changes-soon",
                () -> two(Primitive.of("ledger"))
                        .settle()
                        .constraints(location("ledger").when(Calendar.inUtc().minutes(20, 40), Score.MIN)));
        scenarios.put(
                "sticky-by-day",
                () -> two(Primitive.of("ledger")
                                .stickiness(100)
                                .when(Calendar.inUtc().hours(0, 0), it -> it.stickiness(0)))
                        .settle()
                        .constraints(location("ledger").prefers("b", 50)));
    }

    private static TestCluster running(Primitive before, Primitive after) {
        return two(before).settle().replaceResource(after);
    }

    private static Primitive told(String threads) {
        return Primitive.of("ledger").parameter("port", "80").parameter("threads", threads);
    }

    private void parameters() {
        scenarios.put("same-parameters", () -> running(told("8"), told("8")));
        scenarios.put("restarts-with-others", () -> running(told("8"), told("2")));
        scenarios.put(
                "reloads-others",
                () -> running(told("8").reloadable("threads"), told("2").reloadable("threads")));
        scenarios.put(
                "restarts-although-another-reloads",
                () -> running(told("8").reloadable("port"), told("2").reloadable("port")));
        scenarios.put(
                "a-new-one-restarts",
                () -> running(
                        told("8").reloadable("threads"),
                        told("8").reloadable("threads").parameter("host", "db")));
        scenarios.put(
                "reload-failed",
                () -> running(told("8").reloadable("threads"), told("2").reloadable("threads"))
                        .record("a", "ledger", OperationName.RELOAD, 0, ReturnCode.GENERIC_ERROR));
        scenarios.put(
                "reload-under-way",
                () -> running(told("8").reloadable("threads"), told("2").reloadable("threads"))
                        .pending("a", "ledger", OperationName.RELOAD));
    }

    private static TestCluster leaving() {
        return two(Primitive.of("vm").migratable()).settle().node("a", status -> status.withStandby(true));
    }

    private static TestCluster letGo() {
        return leaving().migrated("a", "vm", OperationName.MIGRATE_TO, "b", ReturnCode.OK);
    }

    private void migration() {
        scenarios.put("migrates", () -> leaving());
        scenarios.put("migrates-and-comes-to-rest", () -> leaving().settle());
        scenarios.put(
                "migrates-back",
                () -> leaving()
                        .settle()
                        .node("a", status -> status.withStandby(false))
                        .node("b", status -> status.withStandby(true)));
        scenarios.put("let-go-and-not-taken-up", () -> letGo());
        scenarios.put("letting-go", () -> leaving().pending("a", "vm", OperationName.MIGRATE_TO, "b"));
        scenarios.put("taking-up", () -> letGo().pending("b", "vm", OperationName.MIGRATE_FROM, "a"));
        scenarios.put(
                "waits-for-who-takes-up",
                () -> two(Primitive.of("vm").migratable(), Primitive.of("app"))
                        .settle()
                        .constraints(order("vm").then("app"))
                        .node("a", status -> status.withStandby(true))
                        .record("a", "app", OperationName.STOP, 0, ReturnCode.OK)
                        .migrated("a", "vm", OperationName.MIGRATE_TO, "b", ReturnCode.OK)
                        .pending("b", "vm", OperationName.MIGRATE_FROM, "a"));
        scenarios.put(
                "did-not-let-go",
                () -> leaving().migrated("a", "vm", OperationName.MIGRATE_TO, "b", ReturnCode.GENERIC_ERROR));
        scenarios.put(
                "did-not-take-up",
                () -> letGo().migrated("b", "vm", OperationName.MIGRATE_FROM, "a", ReturnCode.GENERIC_ERROR));
        scenarios.put("came-back-after-it-moved-on", RuleScenarioTest::movedOn);
        scenarios.put("lost-after-letting-go", () -> letGo().lose("a"));
        scenarios.put(
                "lost-while-taking-up",
                () -> new TestCluster(3)
                        .fenceable()
                        .resources(Primitive.of("vm").migratable())
                        .settle()
                        .node("a", status -> status.withStandby(true))
                        .migrated("a", "vm", OperationName.MIGRATE_TO, "b", ReturnCode.OK)
                        .pending("b", "vm", OperationName.MIGRATE_FROM, "a")
                        .lose("b"));
    }

    /** The clock may stand still meanwhile: the cluster's never goes back, and one that was far ahead is waited for. */
    private static TestCluster movedOn() {
        TestCluster cluster = new TestCluster(3)
                .fenceable()
                .resources(Primitive.of("vm").migratable())
                .settle();
        cluster.node("a", status -> status.withStandby(true)).settle();
        cluster.node("b", status -> status.withStandby(true)).settle();
        cluster.join("b");
        return cluster.record("b", "vm", OperationName.MONITOR, 0, ReturnCode.NOT_RUNNING);
    }
}
