package dev.ha4j.node;

import static dev.ha4j.api.Role.PROMOTED;
import static dev.ha4j.api.Role.UNPROMOTED;
import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.order;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.Health;
import dev.ha4j.api.Leadership;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.Promotion;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Resource;
import dev.ha4j.api.Term;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterConfigBuilder;
import dev.ha4j.api.config.InvalidConfigurationException;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.fencing.Evidence;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.PowerState;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users hope to write, as they would write it. Each runs on a cluster of one node, on real sockets. */
class UsersTest {

    @TempDir
    Path directory;

    private static ClusterConfigBuilder alone(String name) {
        return Loopback.single(name);
    }

    private HaNodeBuilder node(ClusterConfig config) {
        return new Loopback(directory, config).node("a");
    }

    private static void awaitWell(HaNode node) {
        await().atMost(ofSeconds(60)).until(() -> node.report().explanation().startsWith("all is well"));
    }

    // 1. The nightly job: begun when leadership is granted, closed when it ends.

    record NightlyBatch(Term term, List<String> log) implements AutoCloseable {
        NightlyBatch {
            log.add("begun in " + term.token());
        }

        @Override
        public void close() {
            log.add("closed");
        }
    }

    @Test
    void theNightlyJobRunsForAsLongAsItsNodeLeads() {
        List<String> log = new CopyOnWriteArrayList<>();
        try (HaNode node = node(alone("nightly").build()).start()) {
            node.lead("nightly-batch", term -> new NightlyBatch(term, log));
            await().atMost(ofSeconds(60)).until(() -> !log.isEmpty());
        }
        assertThat(log).containsExactly("begun in 1", "closed");
    }

    // 2. The ledger: writes only with a token, and the token goes with the write.

    @Test
    void theLedgerWritesWithItsToken() {
        AtomicLong row = new AtomicLong();
        try (HaNode node = node(alone("ledger").build()).start()) {
            Leadership ledger = node.lead("ledger", new Watcher());
            assertThat(ledger.ifHeld(term -> row.set(term.token()))).isFalse();
            await().atMost(ofSeconds(60)).until(() -> ledger.ifHeld(term -> row.set(term.token())));
            assertThat(row).hasValue(1);
            assertThat(node.report().explanation("ledger")).isEqualTo("ledger is promoted on a");
        }
    }

    // 3. The trading gateway: won't start in a cluster that can't fence.

    static final class Gateway implements Resource {
        private final List<String> log;

        Gateway(List<String> log) {
            this.log = log;
        }

        @Override
        public void start(OperationContext op) {
            log.add(op.resource() + " in term " + op.term().token());
        }

        @Override
        public void stop(OperationContext op) {
            log.add(op.resource() + " stopped");
        }
    }

    @Test
    void theGatewayIsRefusedWithoutFencing() {
        ClusterConfigBuilder gateway = ClusterConfig.named("gw")
                .node(1, "a", "10.0.0.1")
                .node(2, "b", "10.0.0.2")
                .node(3, "c", "10.0.0.3")
                .authKey(AuthKey.random())
                .resource(Primitive.of("vip"))
                .resource(Primitive.of("gateway").requires(ProofLevel.POWER_VERIFIED))
                .group("front", "vip", "gateway")
                .location("front", l -> l.prefers("a", 100).prefers("b", 50));
        assertThatThrownBy(gateway::build)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("resource gateway: demands POWER_VERIFIED");
        assertThat(gateway.fencing(new AcmeCloudDevice(Set.of("a", "b", "c")))
                        .build()
                        .fenceDevices())
                .hasSize(1);
    }

    @Test
    void theGatewayStartsBehindItsAddressAndStopsBeforeIt() {
        List<String> log = new CopyOnWriteArrayList<>();
        ClusterConfig config = alone("gw")
                .resource(Primitive.of("vip"))
                .resource(Primitive.of("gateway"))
                .group("front", "vip", "gateway")
                .build();
        HaNodeBuilder builder = node(config).implement("vip", new Gateway(log)).implement("gateway", new Gateway(log));
        try (HaNode node = builder.start()) {
            awaitWell(node);
        }
        assertThat(log).containsExactly("vip in term 1", "gateway in term 2", "gateway stopped", "vip stopped");
    }

    // 4. The database: a promotable resource with a score, and an address that follows the primary.

    static final class Postgres implements PromotableResource {
        private final List<String> log;

        Postgres(List<String> log) {
            this.log = log;
        }

        @Override
        public void start(OperationContext op) {
            op.promotionScore(1000);
            log.add("pg started");
        }

        @Override
        public void stop(OperationContext op) {
            log.add("pg stopped");
        }

        @Override
        public Health monitor(OperationContext op) {
            op.promotionScore(1000);
            return Health.AS_EXPECTED;
        }

        @Override
        public void promote(Promotion promotion) {
            log.add("pg promoted in " + promotion.term().token());
        }

        @Override
        public void demote(OperationContext op) {
            log.add("pg demoted");
        }
    }

    @Test
    void theAddressFollowsThePrimary() {
        List<String> log = new CopyOnWriteArrayList<>();
        ClusterConfig config = alone("pg")
                .resource(Primitive.of("vip"))
                .promotable(
                        "pg",
                        p -> p.instances(3)
                                .monitorEvery(ofSeconds(15), PROMOTED)
                                .monitorEvery(ofSeconds(30), UNPROMOTED))
                .constraint(colocate("vip").with("pg", PROMOTED))
                .constraint(order().promote("pg").thenStart("vip"))
                .build();
        HaNodeBuilder builder = node(config).implement("vip", new Gateway(log)).implement("pg", new Postgres(log));
        try (HaNode node = builder.start()) {
            awaitWell(node);
            assertThat(log).containsExactly("pg started", "pg promoted in 1", "vip in term 2");
        }
        assertThat(log.subList(3, log.size())).containsExactly("vip stopped", "pg demoted", "pg stopped");
    }

    // 7. A fence device of one's own.

    record AcmeCloudDevice(Set<String> targets) implements FenceDevice {

        @Override
        public String id() {
            return "acme";
        }

        @Override
        public ProofLevel proofLevel() {
            return ProofLevel.POWER_VERIFIED;
        }

        @Override
        public FenceResult off(FenceRequest request) {
            return FenceResult.confirmed(
                    proofLevel(), new Evidence(id(), "vm-" + request.targetName(), List.of("OFF", "OFF")));
        }

        @Override
        public PowerState status(FenceRequest request) {
            return PowerState.ON;
        }

        @Override
        public List<String> check(FenceRequest request) {
            return request.targetName().equals("c") ? List.of("no permission") : List.of();
        }
    }

    @Test
    void aBrokenFencePathIsSeenBeforeItIsNeeded() {
        ClusterConfig config = Loopback.config("fenced")
                .fencing(new AcmeCloudDevice(Set.of("a", "b", "c")))
                .build();
        try (Loopback cluster = new Loopback(directory, config)) {
            HaNode node = cluster.start(cluster.node("a"));
            await().atMost(ofSeconds(60))
                    .until(() -> node.report().problems().contains("fence device acme: c: no permission"));
            await().atMost(ofSeconds(60))
                    .until(() -> node.report().explanation().contains("1 of 3 votes"));
            NodeReport report = node.report();
            assertThat(report.explanation()).startsWith("nothing is active, for there is no quorum");
        }
    }
}
