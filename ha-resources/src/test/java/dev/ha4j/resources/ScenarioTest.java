package dev.ha4j.resources;

import static dev.ha4j.api.Role.PROMOTED;
import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.location;
import static dev.ha4j.api.config.Constraints.order;
import static dev.ha4j.api.config.OperationName.DEMOTE;
import static dev.ha4j.api.config.OperationName.MONITOR;
import static dev.ha4j.api.config.OperationName.PROMOTE;
import static dev.ha4j.api.config.OperationName.START;
import static dev.ha4j.api.config.OperationName.STOP;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.Expression.Attribute;
import dev.ha4j.api.config.Expression.Comparison;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.OnFail;
import dev.ha4j.api.config.OperationSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.Rule;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.ReturnCode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each scenario has its plan in a file of its own; {@code -Dgolden.rewrite=true} writes them anew. */
class ScenarioTest {

    private final GoldenPlans scenarios = new GoldenPlans("plans");

    @TestFactory
    Stream<DynamicTest> plansAreAsRecorded() {
        primitives();
        groupsAndConstraints();
        clones();
        lostNodes();
        failures();
        operators();
        return scenarios.tests();
    }

    private static TestCluster three() {
        return new TestCluster(3).fenceable();
    }

    private static Primitive ledger() {
        return Primitive.of("ledger").stickiness(100).monitorEvery(Duration.ofSeconds(10));
    }

    private static TestCluster ledgerOnA() {
        return three().resources(ledger()).settle();
    }

    private static TestCluster promotedOnA() {
        return three().resources(leadership())
                .promotionScore("a", "lead", 10)
                .promotionScore("b", "lead", 5)
                .promotionScore("c", "lead", 1)
                .settle();
    }

    private static Clone leadership() {
        return Clone.of(Primitive.of("lead"), CloneOptions.ONE_PROMOTED);
    }

    private void primitives() {
        scenarios.put("first-start", () -> three().resources(ledger()));
        scenarios.put("all-is-well", ScenarioTest::ledgerOnA);
        scenarios.put(
                "start-under-way",
                () -> three().resources(ledger())
                        .record("a", "ledger", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .record("b", "ledger", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .record("c", "ledger", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .pending("a", "ledger", START));
        scenarios.put(
                "preferred-node",
                () -> ledgerOnA().constraints(location("ledger").prefers("c", 500)));
        scenarios.put(
                "stickiness-wins",
                () -> ledgerOnA().constraints(location("ledger").prefers("c", 50)));
        scenarios.put(
                "rule-on-attribute",
                () -> ledgerOnA()
                        .constraints(location("ledger")
                                .with(new Rule(
                                        Score.MINUS_INFINITY, new Attribute("rack", Comparison.EQUAL, "even")))));
        scenarios.put(
                "nowhere-to-run",
                () -> three().resources(ledger())
                        .constraints(location("ledger")
                                .with(new Rule(
                                        Score.MINUS_INFINITY,
                                        new Attribute(Expression.NODE_NAME, Comparison.DEFINED, "")))));
        scenarios.put(
                "found-active-on-two-nodes",
                () -> three().resources(ledger())
                        .record("a", "ledger", MONITOR, 0, ReturnCode.OK)
                        .record("b", "ledger", MONITOR, 0, ReturnCode.OK)
                        .record("c", "ledger", MONITOR, 0, ReturnCode.NOT_RUNNING));
        scenarios.put(
                "found-active-without-a-term",
                () -> three().resources(ledger())
                        .record("a", "ledger", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .record("b", "ledger", MONITOR, 0, ReturnCode.OK)
                        .record("c", "ledger", MONITOR, 0, ReturnCode.NOT_RUNNING));
        scenarios.put("removed-resource", () -> ledgerOnA().removeResource("ledger"));
        scenarios.put(
                "monitor-interval-changed",
                () -> ledgerOnA()
                        .replaceResource(Primitive.of("ledger").stickiness(100).monitorEvery(Duration.ofSeconds(5))));
    }

    private void groupsAndConstraints() {
        scenarios.put("group-start", () -> three().resources(group()));
        scenarios.put("group-moves", () -> three().resources(group()).settle().node("a", s -> s.withStandby(true)));
        scenarios.put("ordered-and-colocated", () -> apiWithLedger());
        scenarios.put(
                "ordered-restart",
                () -> apiWithLedger().settle().record("a", "ledger", MONITOR, 10_000, ReturnCode.NOT_RUNNING));
        scenarios.put(
                "first-start-under-way",
                () -> apiWithLedger()
                        .record("a", "ledger", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .record("b", "ledger", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .record("c", "ledger", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .record("a", "api", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .record("b", "api", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .record("c", "api", MONITOR, 0, ReturnCode.NOT_RUNNING)
                        .pending("a", "ledger", START));
        scenarios.put(
                "first-is-stopped", () -> apiWithLedger().settle().replaceResource(ledger().targetRole(Role.STOPPED)));
        scenarios.put(
                "kept-apart",
                () -> three().resources(Primitive.of("x"), Primitive.of("y"))
                        .constraints(
                                colocate("y").apartFrom("x"),
                                location("x").prefers("b", 10),
                                location("y").prefers("b", 5)));
        scenarios.put(
                "with-the-promoted-instance",
                () -> promotedOnA()
                        .resources(Primitive.of("vip"))
                        .constraints(
                                colocate("vip").with("lead-clone", PROMOTED),
                                order().promote("lead-clone").thenStart("vip")));
        scenarios.put(
                "switchover-with-vip",
                () -> promotedOnA()
                        .resources(Primitive.of("vip"))
                        .constraints(
                                colocate("vip").with("lead-clone", PROMOTED),
                                order().promote("lead-clone").thenStart("vip"))
                        .settle()
                        .promotionScore("b", "lead", 100));
    }

    private static Group group() {
        return new Group(
                "web", MetaOptions.DEFAULTS, List.of(Primitive.of("fs"), Primitive.of("ip"), Primitive.of("www")));
    }

    private static TestCluster apiWithLedger() {
        return three().resources(ledger(), Primitive.of("api"))
                .constraints(colocate("api").with("ledger"), order("ledger").then("api"));
    }

    private void clones() {
        scenarios.put(
                "clone-everywhere", () -> three().resources(Clone.of(Primitive.of("cache"), CloneOptions.EVERYWHERE)));
        scenarios.put(
                "clone-on-two",
                () -> three().resources(Clone.of(Primitive.of("cache"), CloneOptions.EVERYWHERE.withMax(2)))
                        .settle());
        scenarios.put(
                "promotable-first-start", () -> three().resources(leadership()).promotionScore("b", "lead", 5));
        scenarios.put("promotable-without-scores", () -> three().resources(leadership()));
        scenarios.put("promotable-well", ScenarioTest::promotedOnA);
        scenarios.put("promotable-switchover", () -> promotedOnA().promotionScore("b", "lead", 100));
        scenarios.put(
                "promotable-demote-failed",
                () -> promotedOnA().promotionScore("b", "lead", 100).timedOut("a", "lead", DEMOTE));
        scenarios.put(
                "clone-ordered-after-clone",
                () -> three().resources(
                                Clone.of(Primitive.of("disk"), CloneOptions.EVERYWHERE),
                                Clone.of(Primitive.of("cache"), CloneOptions.EVERYWHERE))
                        .constraints(order("disk-clone").then("cache-clone")));
    }

    private void lostNodes() {
        scenarios.put("holder-lost", () -> ledgerOnA().lose("a"));
        scenarios.put("holder-lost-and-fenced", () -> ledgerOnA().lose("a").prove("a", ProofLevel.POWER_VERIFIED));
        scenarios.put("holder-lost-lease-too-weak", () -> ledgerOnA().lose("a").prove("a", ProofLevel.SELF_LEASE));
        scenarios.put(
                "holder-lost-lease-enough",
                () -> three().resources(ledger().requires(ProofLevel.SELF_LEASE))
                        .settle()
                        .lose("a")
                        .prove("a", ProofLevel.SELF_LEASE));
        scenarios.put(
                "holder-lost-no-fence-path",
                () -> new TestCluster(3).resources(ledger()).settle().lose("a"));
        scenarios.put(
                "holder-lost-token-storage",
                () -> new TestCluster(3)
                        .resources(ledger().requires(ProofLevel.RESOURCE_TOKEN))
                        .settle()
                        .lose("a"));
        scenarios.put(
                "human-confirms",
                () -> new TestCluster(3)
                        .resources(ledger())
                        .settle()
                        .lose("a")
                        .node("a", s -> s.withProof(s.proof().confirmedByHuman())));
        scenarios.put("fencing-fails", () -> ledgerOnA().lose("a").fencing("a", "bmc-a", "no answer in 60 s"));
        scenarios.put("idle-node-lost", () -> ledgerOnA().lose("c"));
        scenarios.put(
                "idle-node-lost-and-restart",
                () -> new TestCluster(3)
                        .resources(ledger())
                        .settle()
                        .lose("c")
                        .record("a", "ledger", MONITOR, 10_000, ReturnCode.NOT_RUNNING));
        scenarios.put(
                "stays-while-nobody-else-may",
                () -> new TestCluster(3)
                        .resources(ledger())
                        .settle()
                        .neverSeen("c")
                        .constraints(location("ledger").prefers("b", 500)));
        scenarios.put(
                "idle-node-lost-and-takeover",
                () -> three().resources(ledger()).settle().lose("a").lose("c").prove("a", ProofLevel.POWER_VERIFIED));
        scenarios.put(
                "holder-lost-after-its-stop",
                () -> new TestCluster(3)
                        .resources(ledger())
                        .settle()
                        .record("a", "ledger", STOP, 0, ReturnCode.OK)
                        .lose("a"));
        scenarios.put(
                "holder-lost-and-history-forgotten",
                () -> new TestCluster(3)
                        .resources(ledger())
                        .settle()
                        .forget("a")
                        .lose("a"));
        scenarios.put("never-seen-at-start", () -> three().resources(ledger()).neverSeen("c"));
        scenarios.put(
                "never-seen-in-a-new-cluster",
                () -> three().resources(ledger()).born(Duration.ofSeconds(5)).neverSeen("c"));
        scenarios.put("left-cleanly", () -> ledgerOnA().node("a", s -> s.gone(Presence.LEFT_CLEANLY)));
        scenarios.put("promoted-node-lost", () -> promotedOnA().lose("a"));
        scenarios.put(
                "mixed-fence-levels",
                () -> new TestCluster(3)
                        .fencePath("agent", ProofLevel.PROCESS_KILLED, "a")
                        .fencePath("bmc", ProofLevel.POWER_VERIFIED, "a")
                        .resources(ledger())
                        .settle()
                        .lose("a"));
    }

    private void failures() {
        scenarios.put(
                "monitor-failed", () -> ledgerOnA().record("a", "ledger", MONITOR, 10_000, ReturnCode.GENERIC_ERROR));
        scenarios.put(
                "migration-threshold",
                () -> three().resources(ledger().migrationThreshold(2))
                        .settle()
                        .record("a", "ledger", MONITOR, 10_000, ReturnCode.GENERIC_ERROR)
                        .failCount("a", "ledger", MONITOR, 2));
        scenarios.put("failure-timeout", () -> {
            TestCluster cluster = three().resources(
                            ledger().migrationThreshold(1).failureTimeout(Duration.ofMinutes(1)))
                    .failCount("a", "ledger", MONITOR, 1)
                    .settle();
            return cluster;
        });
        scenarios.put("failure-forgotten", () -> {
            TestCluster cluster = three().resources(
                            ledger().migrationThreshold(1).failureTimeout(Duration.ofMinutes(1)))
                    .failCount("a", "ledger", MONITOR, 1)
                    .settle();
            cluster.nowMillis += 61_000;
            return cluster;
        });
        scenarios.put(
                "start-failed",
                () -> ledgerOnA()
                        .record("a", "ledger", START, 0, ReturnCode.GENERIC_ERROR)
                        .failCount("a", "ledger", START, 1));
        scenarios.put("stop-failed", () -> ledgerOnA().record("a", "ledger", STOP, 0, ReturnCode.GENERIC_ERROR));
        scenarios.put(
                "stop-failed-without-device",
                () -> new TestCluster(3)
                        .resources(ledger())
                        .settle()
                        .record("a", "ledger", STOP, 0, ReturnCode.GENERIC_ERROR));
        scenarios.put("promote-failed", () -> promotedOnA().record("a", "lead", PROMOTE, 0, ReturnCode.GENERIC_ERROR));
        for (OnFail onFail : OnFail.values()) {
            String name = onFail.name().toLowerCase(Locale.ROOT);
            scenarios.put("on-fail-" + name, () -> onFail(onFail));
            scenarios.put(
                    "on-fail-" + name + "-afterwards", () -> onFail(onFail).settle());
        }
    }

    private static TestCluster onFail(OnFail onFail) {
        return three().resources(Primitive.of("ledger")
                        .operation(OperationSpec.monitorEvery(Duration.ofSeconds(10))
                                .onFail(onFail)))
                .settle()
                .record("a", "ledger", MONITOR, 10_000, ReturnCode.GENERIC_ERROR)
                .failCount("a", "ledger", MONITOR, 1);
    }

    private void operators() {
        scenarios.put("standby", () -> ledgerOnA().node("a", s -> s.withStandby(true)));
        scenarios.put("leaving", () -> ledgerOnA().node("a", s -> s.withLeaving(true)));
        scenarios.put("all-leave", () -> {
            TestCluster cluster = ledgerOnA();
            List.of("a", "b", "c").forEach(name -> cluster.node(name, s -> s.withLeaving(true)));
            return cluster;
        });
        scenarios.put(
                "leaving-in-maintenance",
                () -> ledgerOnA().options(o -> o.withMaintenance(true)).node("a", s -> s.withLeaving(true)));
        scenarios.put(
                "maintenance",
                () -> ledgerOnA()
                        .options(o -> o.withMaintenance(true))
                        .record("a", "ledger", MONITOR, 10_000, ReturnCode.GENERIC_ERROR));
        scenarios.put("node-maintenance", () -> ledgerOnA().node("a", s -> s.withMaintenance(true)));
        scenarios.put(
                "unmanaged",
                () -> ledgerOnA()
                        .replaceResource(ledger().meta(ledger().meta().withManaged(false)))
                        .constraints(location("ledger").avoids("a")));
        scenarios.put("stopped-by-operator", () -> ledgerOnA().replaceResource(ledger().targetRole(Role.STOPPED)));
        scenarios.put("not-implemented", () -> ledgerOnA().node("a", ScenarioTest::withoutImplementations));
    }

    private static NodeStatus withoutImplementations(NodeStatus status) {
        return status.withImplemented(new TreeSet<>());
    }
}
