package dev.ha4j.resources;

import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.location;
import static dev.ha4j.api.config.Constraints.order;
import static dev.ha4j.api.config.OperationName.MONITOR;
import static dev.ha4j.api.config.OperationName.PROMOTE;
import static dev.ha4j.api.config.OperationName.START;
import static dev.ha4j.api.config.OperationName.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.Expression.Attribute;
import dev.ha4j.api.config.Expression.Comparison;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.Rule;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.RuntimeFacts;
import dev.ha4j.resources.config.RuntimeFacts.Obstacle;
import dev.ha4j.resources.config.RuntimeFacts.UnderWay;
import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.policy.PolicyEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the state means in the terms of the policy engine. */
class TranslationTest {

    @Test
    void rolesAreWhatWasDoneLast() {
        TestCluster cluster = new TestCluster(3).resources(Clone.of(Primitive.of("r"), CloneOptions.ONE_PROMOTED));
        cluster.record("a", "r", START, 0, ReturnCode.OK).record("a", "r", PROMOTE, 0, ReturnCode.OK);
        cluster.record("b", "r", MONITOR, 0, ReturnCode.NOT_RUNNING);
        cluster.record("c", "r", START, 0, ReturnCode.OK);
        assertThat(status(cluster))
                .isEqualTo(Map.of("r", Map.of("a", List.of("Promoted"), "c", List.of("Unpromoted"))));
    }

    @Test
    void whatIsUnderWayIsTakenForDoneAndNoted() {
        TestCluster cluster = new TestCluster(2).resources(Primitive.of("r"));
        cluster.record("a", "r", START, 0, ReturnCode.OK).pending("a", "r", STOP);
        assertThat(status(cluster)).isEmpty();
        assertThat(translate(cluster).runtime().underWay()).containsExactly(new UnderWay("a", "r", "stop"));
    }

    /** So that the plan has it once more, and waits for it. */
    @Test
    void aProbeUnderWayIsNotKnown() {
        TestCluster cluster = new TestCluster(1).resources(Primitive.of("r")).pending("a", "r", MONITOR);
        assertThat(translate(cluster).status().nodes().get(0).resources()).isEmpty();
        assertThat(translate(cluster).runtime().underWay()).isEmpty();
    }

    @Test
    void aLostNodeIsGoneAndStandsInTheWay() {
        TestCluster cluster = new TestCluster(2).fenceable().resources(Primitive.of("r"));
        cluster.record("a", "r", START, 0, ReturnCode.OK).lose("a");
        Status.NodeStatus lost = translate(cluster).status().nodes().get(0);
        assertThat(lost.get("expected")).isEqualTo("down");
        assertThat(lost.resources()).isEmpty();
        RuntimeFacts runtime = translate(cluster).runtime();
        assertThat(runtime.obstacles()).containsExactly(new Obstacle("r", "a", null));
        assertThat(runtime.fencing().get("a").reason()).isEqualTo("r may still be active there");
    }

    @Test
    void aDeviceThatProvesTooLittleIsAWall() {
        TestCluster cluster = new TestCluster(2)
                .fencePath("agent", ProofLevel.PROCESS_KILLED, "a")
                .resources(Primitive.of("r"));
        cluster.record("a", "r", START, 0, ReturnCode.OK).lose("a");
        RuntimeFacts runtime = translate(cluster).runtime();
        assertThat(runtime.obstacles())
                .singleElement()
                .satisfies(obstacle ->
                        assertThat(obstacle.wall()).contains("its fence devices [agent] don't prove POWER_VERIFIED"));
        assertThat(runtime.fencing().get("a").reason()).isNull();
    }

    /** A target role is the highest that a resource may have; in Pacemaker, started lets it be promoted. */
    @Test
    void startedMeansNotPromoted() {
        TestCluster cluster = new TestCluster(2)
                .resources(
                        Clone.of(Primitive.of("lead").targetRole(Role.STARTED), CloneOptions.ONE_PROMOTED),
                        new Group("g", MetaOptions.DEFAULTS.withTargetRole(Role.STOPPED), List.of(Primitive.of("m"))));
        List<ResourceEntry> resources = translate(cluster).resources();
        assertThat(targetRole(((ResourceEntry.Clone) resources.get(0)).child())).isEqualTo("Unpromoted");
        assertThat(targetRole(((ResourceEntry.Group) resources.get(1)).members().get(0)))
                .isEqualTo("Stopped");
    }

    @Test
    void constraintsOfWhatIsInACloneAreOfTheClone() {
        TestCluster cluster = new TestCluster(2)
                .resources(Clone.of(Primitive.of("disk"), CloneOptions.EVERYWHERE), Primitive.of("r"))
                .constraints(
                        colocate("r").with("disk"),
                        order("disk").then("r"),
                        location("disk").with(new Rule(Score.of(5), new Attribute("rack", Comparison.EQUAL, "even"))));
        assertThat(translate(cluster).constraints())
                .extracting(constraint -> constraint.get("with-rsc"))
                .contains("disk-clone");
        assertThat(translate(cluster).constraints())
                .extracting(constraint -> constraint.get("first"))
                .contains("disk-clone");
        assertThat(translate(cluster).constraints())
                .extracting(constraint -> constraint.get("rsc"))
                .contains("disk-clone");
    }

    @Test
    void whatANodeLacksIsNotLookedForThere() {
        TestCluster cluster = new TestCluster(2).resources(Primitive.of("r"));
        cluster.node("b", status -> status.withImplemented(new java.util.TreeSet<>()));
        assertThat(translate(cluster).constraints())
                .singleElement()
                .satisfies(ban -> assertThat(ban.get("resource-discovery")).isEqualTo("never"));
        assertThat(PlanText.of(cluster.state, cluster.plan())).doesNotContain("on b");
    }

    /** Attributes that mean something to the engine would have nodes fenced, or left alone, by a name chosen for a rule. */
    @Test
    void attributesForRulesAreNoOrders() {
        TestCluster cluster = new TestCluster(2).fenceable().resources(Primitive.of("r"));
        cluster.node(
                "a",
                status -> status.withAttributes(new java.util.TreeMap<>(Map.of("terminate", "true", "disk", "ssd"))));
        assertThat(translate(cluster)
                        .status()
                        .nodes()
                        .get(0)
                        .transientAttributes()
                        .get(0)
                        .entries())
                .extracting(entry -> entry.name())
                .containsExactly("disk");
    }

    @Test
    void monitorsOfARoleThatEndedAreOver() {
        TestCluster cluster = new TestCluster(1).resources(Primitive.of("r").monitorEvery(Duration.ofSeconds(10)));
        cluster.record("a", "r", START, 0, ReturnCode.OK)
                .record("a", "r", MONITOR, 10_000, ReturnCode.GENERIC_ERROR)
                .record("a", "r", STOP, 0, ReturnCode.OK);
        assertThat(translate(cluster).status().nodes().get(0).resources().get(0).operations())
                .extracting(record -> record.task())
                .containsExactly("start", "stop");
    }

    private static String targetRole(ResourceEntry resource) {
        return resource.meta().get(0).entries().stream()
                .filter(entry -> entry.name().equals("target-role"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static PolicyInput translate(TestCluster cluster) {
        return new Translation(cluster.state, now(cluster), null).input;
    }

    private static Map<String, Map<String, List<String>>> status(TestCluster cluster) {
        return PolicyEngine.status(translate(cluster), now(cluster));
    }

    private static Instant now(TestCluster cluster) {
        return Instant.ofEpochMilli(cluster.nowMillis);
    }
}
