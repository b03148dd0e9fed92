package dev.ha4j.api.config;

import static dev.ha4j.api.config.ColocationSet.chain;
import static dev.ha4j.api.config.ColocationSet.each;
import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.location;
import static dev.ha4j.api.config.Constraints.order;
import static dev.ha4j.api.config.Constraints.ticket;
import static dev.ha4j.api.config.OrderSet.anyOf;
import static dev.ha4j.api.config.OrderSet.inOrder;
import static dev.ha4j.api.config.OrderSet.inParallel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The words for what the policy engine can do, and what is said of those that make no sense. */
class RuleWordsTest {

    private static ClusterConfigBuilder cluster() {
        ClusterConfigBuilder builder = ClusterConfig.named("orders")
                .node(NodeSpec.of(1, "a", "10.0.0.1").capacity("memory", 8))
                .node(NodeSpec.of(2, "b", "10.0.0.2").capacity("memory", 4))
                .authKey(AuthKey.random())
                .quorum(QuorumOptions.DEFAULTS.withTieBreaker(TieBreaker.LOWEST));
        for (String name : List.of("disk", "net", "db", "api")) {
            builder.resource(plain(name));
        }
        return builder.promotable("pg", p -> p.requires(ProofLevel.RESOURCE_TOKEN));
    }

    private static Primitive plain(String name) {
        return Primitive.of(name).requires(ProofLevel.RESOURCE_TOKEN);
    }

    private static List<String> wrong(ClusterConfigBuilder builder) {
        var thrown = catchThrowableOfType(InvalidConfigurationException.class, builder::build);
        assertThat(thrown).as("a refusal").isNotNull();
        return thrown.violations().stream().map(Violation::toString).toList();
    }

    @Test
    void allWordsTogetherMakeAConfiguration() {
        Expression weekend = Calendar.in("Europe/Vienna").weekdays(6, 7);
        ClusterConfig config = cluster()
                .resource(plain("cache")
                        .uses("memory", 3)
                        .parameter("threads", "8")
                        .reloadable("threads")
                        .when(weekend, it -> it.stickiness(0).parameter("threads", "2")))
                .options(ClusterOptions.DEFAULTS
                        .withPlacement(PlacementStrategy.BALANCED)
                        .withHealth(HealthOptions.progressive(100, -1_000, -10, 0)))
                .constraint(order(inParallel("disk", "net")).then(inOrder("db", "api")))
                .constraint(order(anyOf("disk", "net")).then("cache"))
                .constraint(order(inOrder("pg").promoted()).then("db").named("leader-first"))
                .constraint(colocate(each("db", "api")).with(chain("disk", "net")))
                .constraint(colocate("cache").with("db").sharing("rack").influence(false))
                .constraint(ticket("site").guards("pg", Role.PROMOTED).onLoss(LossPolicy.DEMOTE))
                .constraint(ticket("site").guards("db", "api").and("cache"))
                .constraint(location("db", "api")
                        .when(
                                Expression.between(
                                        Instant.parse("2026-12-24T00:00:00Z"), Instant.parse("2026-12-27T00:00:00Z")),
                                -100)
                        .discovery(LocationConstraint.Discovery.ALWAYS))
                .build();
        assertThat(config.policy().constraints()).extracting(Constraint::id).doesNotHaveDuplicates();
    }

    @Test
    void setsNameWhatIsThereAndNothingTwice() {
        assertThat(wrong(cluster()
                        .constraint(order(inParallel("disk", "nett")).then("db"))
                        .constraint(order(inOrder("disk", "net")).then("disk").named("twice"))
                        .constraint(order(inOrder("db").promoted()).then("api"))
                        .constraint(colocate(chain("db")).named("alone"))
                        .constraint(order(inOrder()).then("api").named("empty"))))
                .anySatisfy(text -> assertThat(text).contains("nett").contains("did you mean net?"))
                .anySatisfy(text ->
                        assertThat(text).contains("twice: resource disk").contains("declared twice"))
                .anySatisfy(text -> assertThat(text).contains("db can't be promoted"))
                .anySatisfy(text -> assertThat(text).contains("constraint alone: is about one resource only"))
                .anySatisfy(
                        text -> assertThat(text).contains("constraint empty").contains("name at least one"));
    }

    @Test
    void whatResourcesNeedHasToBeLookedAtAndThere() {
        assertThat(wrong(cluster().resource(plain("cache").uses("memory", 3))))
                .singleElement()
                .satisfies(text ->
                        assertThat(text).contains("placement: is DEFAULT").contains("BALANCED"));
        assertThat(wrong(cluster()
                        .resource(plain("cache").uses("memory", 9).uses("disks", 1))
                        .options(ClusterOptions.DEFAULTS.withPlacement(PlacementStrategy.UTILIZATION))))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains("resource cache: needs 1 of disks and 9 of memory")
                        .contains("capacity"));
        assertThat(wrong(cluster().node(NodeSpec.of(3, "c", "10.0.0.3").capacity("memory", -1))))
                .anySatisfy(text -> assertThat(text).contains("node c: capacity memory: is -1"));
    }

    @Test
    void ticketsGuardWhatCanLoseThem() {
        assertThat(wrong(cluster()
                        .options(ClusterOptions.DEFAULTS.withFencingEnabled(false))
                        .constraint(ticket("site").guards("db").onLoss(LossPolicy.FENCE))
                        .constraint(ticket("site").guards("api").onLoss(LossPolicy.DEMOTE))
                        .constraint(ticket(" ").guards("net"))))
                .anySatisfy(text ->
                        assertThat(text).contains("fencing is switched off").contains("onLoss(STOP)"))
                .anySatisfy(text -> assertThat(text).contains("api can't be promoted"))
                .anySatisfy(text -> assertThat(text).contains("names no ticket"));
    }

    @Test
    void timesHaveToCome() {
        Instant noon = Instant.parse("2026-11-26T12:00:00Z");
        assertThat(wrong(cluster()
                        .constraint(location("db")
                                .when(Expression.between(noon, noon.minusSeconds(1)), 5)
                                .when(Calendar.in("Mars/Olympus").hours(8, 17), 5)
                                .when(Calendar.inUtc().hours(22, 6), 5)
                                .when(Calendar.inUtc().weekdays(0, 5), 5)
                                .when(Calendar.inUtc(), 5)
                                .when(Expression.onNode("z"), 5))))
                .anySatisfy(text -> assertThat(text).contains("before it begins"))
                .anySatisfy(text -> assertThat(text).contains("Mars/Olympus").contains("UTC"))
                .anySatisfy(text -> assertThat(text)
                        .contains("HOURS from 22 to 6 never comes")
                        .contains("anyOf"))
                .anySatisfy(text -> assertThat(text).contains("WEEKDAYS: is 0"))
                .anySatisfy(text -> assertThat(text).contains("always holds"))
                .anySatisfy(text -> assertThat(text).contains("node z"));
    }

    @Test
    void parametersThatReloadAreThereAndStickinessHangsOnTimeAlone() {
        assertThat(wrong(cluster()
                        .resource(plain("cache")
                                .parameter("threads", "8")
                                .reloadable("thread")
                                .when(Expression.attribute("rack", "1"), it -> it.stickiness(5)))))
                .anySatisfy(
                        text -> assertThat(text).contains("parameter thread").contains("did you mean threads?"))
                .anySatisfy(text -> assertThat(text).contains("stickiness that hangs on an attribute"));
    }

    @Test
    void primitivesAreChangedWhereverTheyAre() {
        ClusterPolicy policy = cluster().group("front", "net", "api").build().policy();
        ClusterPolicy changed = policy.withPrimitive("api", api -> api.parameter("port", "80"))
                .withPrimitive("pg", pg -> pg.parameter("port", "5432"));
        assertThat(changed.primitives().filter(it -> it.parameters().containsKey("port")))
                .extracting(Primitive::id)
                .containsExactlyInAnyOrder("api", "pg");
    }

    @Test
    void instancesDifferOrAreAlike() {
        Primitive shard = plain("shard");
        ClusterConfig config =
                cluster().resource(Clone.of(shard, CloneOptions.unique(3))).build();
        assertThat(config.policy().instances("shard")).containsExactly("shard:0", "shard:1", "shard:2");
        assertThat(config.policy().instances("pg")).containsExactly("pg");
        assertThat(config.policy().isSingle("shard:1")).isTrue();
        assertThat(config.policy().isSingle("db")).isTrue();
        assertThat(config.policy().isSingle("pg")).isFalse();
        assertThat(wrong(cluster().resource(Clone.of(shard, CloneOptions.EVERYWHERE.withNodeMax(2)))))
                .singleElement()
                .asString()
                .contains("has several instances on one node that don't differ");
        CloneOptions promoted = new CloneOptions(OptionalInt.empty(), 1, 0, true, 1, 1, false, false, false, true);
        assertThat(wrong(cluster().resource(Clone.of(shard, promoted))))
                .anyMatch(problem -> problem.contains("does not say how many"))
                .anyMatch(problem -> problem.contains("can be promoted"));
    }

    @Test
    void onlyANumberBehindTheLastColonIsAnInstance() {
        assertThat(InstanceName.parse("shard:2"))
                .isEqualTo(InstanceName.of("shard", 2))
                .hasToString("shard:2");
        assertThat(InstanceName.parse("a:b:2").primitive()).isEqualTo("a:b");
        for (String plain : List.of("shard", "shard:", "shard:x", ":", "shard:-1", "shard:12345678901")) {
            assertThat(InstanceName.parse(plain).number()).as(plain).isEmpty();
            assertThat(InstanceName.primitiveOf(plain)).isEqualTo(plain);
        }
    }
}
