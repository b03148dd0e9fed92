package dev.ha4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterConfigTest {

    /** A device on paper. */
    record Device(String id, Set<String> targets, ProofLevel proofLevel) implements FenceDeviceSpec {}

    private static final Device BMC = new Device("bmc", Set.of("a", "b", "c"), ProofLevel.POWER_VERIFIED);

    private static ClusterConfigBuilder nodes() {
        return ClusterConfig.named("orders")
                .node(1, "a", "10.0.0.1")
                .node(2, "b", "10.0.0.2")
                .node(3, "c", "10.0.0.3")
                .authKey(AuthKey.random());
    }

    private static List<Violation> violations(ClusterConfigBuilder builder) {
        var thrown = catchThrowableOfType(InvalidConfigurationException.class, builder::build);
        assertThat(thrown).as("a refusal").isNotNull();
        return thrown.violations();
    }

    @Test
    void groupsTakeTheirMembersInTheGivenOrder() {
        ClusterConfig config = nodes().fencing(BMC)
                .resource(Primitive.of("gateway"))
                .resource(Primitive.of("vip"))
                .group("front", "vip", "gateway")
                .location("front", l -> l.prefers("a", 100).prefers("b", 50))
                .build();
        assertThat(config.policy().resources()).hasSize(1);
        Group front = (Group) config.policy().resources().get(0);
        assertThat(front.members()).extracting(Primitive::id).containsExactly("vip", "gateway");
    }

    @Test
    void promotableResourcesAreClones() {
        ClusterConfig config = nodes().fencing(BMC)
                .resource(Primitive.of("vip"))
                .promotable(
                        "pg",
                        p -> p.instances(3)
                                .monitorEvery(Duration.ofSeconds(15), Role.PROMOTED)
                                .monitorEvery(Duration.ofSeconds(30), Role.UNPROMOTED))
                .constraint(Constraints.colocate("vip").with("pg", Role.PROMOTED))
                .constraint(Constraints.order().promote("pg").thenStart("vip"))
                .build();
        Clone clone = (Clone) config.policy().resources().get(1);
        assertThat(clone.options().max()).isEqualTo(OptionalInt.of(3));
        assertThat(clone.options().promotable()).isTrue();
    }

    @Test
    void allViolationsAreReportedAtOnce() {
        List<Violation> found = violations(ClusterConfig.named("orders")
                .node(1, "a", "10.0.0.1")
                .node(1, "a", "10.0.0.1")
                .node(0, "d", "10.0.0.4")
                .resource(Primitive.of("ledger"))
                .constraint(Constraints.order("ledgr").then("ledger")));
        assertThat(found)
                .extracting(Violation::where)
                .contains("node d", "authKey", "node id 1", "node name a", "address 10.0.0.1:5405", "resource ledger");
    }

    @Test
    void theNearestNameIsSuggested() {
        List<Violation> found = violations(nodes().fencing(BMC)
                .resource(Primitive.of("ledger"))
                .resource(Primitive.of("api"))
                .constraint(Constraints.colocate("api").with("leger")));
        assertThat(found)
                .singleElement()
                .satisfies(violation -> assertThat(violation.remedy()).isEqualTo("did you mean ledger?"));
    }

    @Test
    void aClusterThatCannotFenceIsRefused() {
        List<Violation> found =
                violations(nodes().resource(Primitive.of("gateway").requires(ProofLevel.POWER_VERIFIED)));
        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.where()).isEqualTo("resource gateway");
            assertThat(violation.what()).contains("POWER_VERIFIED").contains("a, b, c");
            assertThat(violation.remedy()).contains("requires(SELF_LEASE)").contains("requires(RESOURCE_TOKEN)");
        });
    }

    @Test
    void aDeviceHasToCoverEveryNode() {
        Device half = new Device("bmc", Set.of("a", "b"), ProofLevel.POWER_VERIFIED);
        List<Violation> found = violations(nodes().fencing(half).resource(Primitive.of("gateway")));
        assertThat(found)
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).endsWith("prove that of c"));
    }

    @Test
    void leasesNeedNodesThatStopWithoutQuorum() {
        ClusterOptions freeze = ClusterOptions.DEFAULTS.withNoQuorumPolicy(NoQuorumPolicy.FREEZE);
        Primitive batch = Primitive.of("batch").requires(ProofLevel.SELF_LEASE);
        assertThat(violations(nodes().options(freeze).resource(batch)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).contains("FREEZE"));
        assertThat(nodes().resource(batch).build().policy().resources()).hasSize(1);
    }

    @Test
    void votesHaveToReachTheQuorumAndOnlyOnce() {
        assertThat(violations(nodes().quorum(QuorumOptions.DEFAULTS.withExpectedVotes(8))))
                .extracting(Violation::what)
                .containsExactly("all nodes together have 3 votes, and 5 are needed");
        assertThat(violations(nodes().quorum(QuorumOptions.DEFAULTS.withExpectedVotes(1))))
                .extracting(Violation::where)
                .containsExactly("quorum");
    }

    @Test
    void theKeyIsNeverPrinted() {
        ClusterConfig config = nodes().build();
        assertThat(config.toString())
                .contains("***")
                .doesNotContain(config.authKey().hex());
    }

    @Test
    void theSecretIsSaidOnceOrItsLackIs() {
        assertThat(violations(ClusterConfig.named("open").node(1, "a", "10.0.0.1")))
                .extracting(Violation::where)
                .containsExactly("authKey");
        assertThat(violations(nodes().insecure())).extracting(Violation::where).containsExactly("insecure");
        assertThat(ClusterConfig.named("open")
                        .node(1, "a", "10.0.0.1")
                        .insecure()
                        .build()
                        .authKey()
                        .isInsecure())
                .isTrue();
        assertThat(violations(nodes().authKeys(AuthKey.random(), AuthKey.random())))
                .extracting(Violation::where)
                .containsExactly("number of a key 1");
        assertThat(nodes().authKeys(AuthKey.random(), AuthKey.random().number(2))
                        .build()
                        .authKeys())
                .extracting(AuthKey::number)
                .containsExactly(1, 2);
    }

    @Test
    void linksHaveNoMorePrioritiesThanThereAreLinks() {
        assertThat(violations(nodes().links(LinkOptions.DEFAULTS.priorities(1, 2))))
                .extracting(Violation::where)
                .containsExactly("links");
    }
}
