package dev.ha4j.node;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.Constraints;
import dev.ha4j.api.config.InvalidConfigurationException;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.report.FenceAnswer;
import dev.ha4j.api.report.PlanReport;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.node.UsersTest.AcmeCloudDevice;
import dev.ha4j.node.UsersTest.Gateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators ask of three real nodes. */
class NodeAdminTest {

    @TempDir
    Path directory;

    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void operatorsMoveThinkThroughReconfigureAndFence() {
        ClusterConfig config = Loopback.config("admin")
                .resource(Primitive.of("gateway"))
                .fencing(new AcmeCloudDevice(Set.of("a", "b", "c")))
                .location("gateway", l -> l.prefers("a", 100).prefers("b", 50))
                .build();
        try (Loopback cluster = new Loopback(directory, config)) {
            List<HaNode> nodes = Loopback.NAMES.stream()
                    .map(name -> cluster.start(cluster.node(name).implement("gateway", new Gateway(log))))
                    .toList();
            NodeAdmin admin = nodes.get(2).admin();
            awaitActiveOn(nodes.get(2), "a");

            thinksThrough(admin);
            awaitActiveOn(nodes.get(2), "a");

            assertThat(answer(admin.standby("a", true))).isInstanceOf(RequestResult.Applied.class);
            awaitActiveOn(nodes.get(2), "b");
            assertThat(answer(admin.standby("a", false))).isInstanceOf(RequestResult.Applied.class);
            awaitActiveOn(nodes.get(2), "a");

            reconfigures(admin);
            awaitActiveOn(nodes.get(2), "c");

            FenceAnswer fenced = answer(admin.fence("c", "kim", "drill"));
            assertThat(fenced.outcome()).as(fenced.reason()).isEqualTo(FenceAnswer.Outcome.CONFIRMED);
            await().atMost(ofSeconds(20)).until(() -> cluster.halts.toString().contains("fenced by acme"));
        }
    }

    private static void thinksThrough(NodeAdmin admin) {
        PlanReport standby = admin.simulate(what -> what.standby("a", true));
        assertThat(standby.actions())
                .contains("stop gateway on a", "start gateway on b in a term")
                .doesNotContain("start gateway on c in a term");
        assertThat(standby.scores().get("gateway").get("a").parts()).anyMatch(part -> part.contains("in standby"));

        PlanReport lost = admin.simulate(what -> what.lose("a"));
        assertThat(lost.actions()).containsSubsequence("fence a", "start gateway on b in a term");
        assertThat(lost.blocked()).isEmpty();
        assertThat(admin.simulate(what -> {}).isEmpty()).isTrue();
        assertThatThrownBy(() ->
                        admin.simulate(what -> what.put(Primitive.of("gateway").requires(ProofLevel.NONE))
                                .lose("x")))
                .hasMessageContaining("there is no node x");
    }

    private static void reconfigures(NodeAdmin admin) {
        assertThatThrownBy(() -> admin.reconfigure(policy -> policy.withConstraints(
                        List.of(Constraints.colocate("gateway").with("nothing")))))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("nothing");
        assertThat(answer(admin.reconfigure(policy -> policy.withConstraints(
                        List.of(Constraints.location("gateway").prefers("c", 1_000))))))
                .isInstanceOf(RequestResult.Applied.class);
    }

    private static void awaitActiveOn(HaNode node, String name) {
        await().atMost(ofSeconds(20))
                .until(() -> node.report()
                        .resource("gateway")
                        .filter(gateway -> gateway.active().keySet().equals(Set.of(name)))
                        .isPresent());
    }

    private static <T> T answer(CompletionStage<T> asked) {
        try {
            return asked.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aNodeThatHasStoppedAnswersAtOnce() {
        HaNode node = new Loopback(directory, Loopback.single("stopped").build())
                .node("a")
                .start();
        NodeAdmin admin = node.admin();
        node.close();

        assertThat(answer(admin.standby("a", true))).isInstanceOf(RequestResult.Refused.class);
        assertThat(answer(admin.fence("a", "kim", "drill")).outcome()).isEqualTo(FenceAnswer.Outcome.FAILED);
    }
}
