package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterConfigBuilder;
import dev.ha4j.api.config.LinkAddress;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.LinkSummary;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.totem.netty.AddressSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The hosts of the configuration are keys of a registry, which is the test's. */
@Timeout(120)
class AddressSourceTest {

    @TempDir
    Path directory;

    private final Map<String, InetSocketAddress> registry = new ConcurrentHashMap<>();

    @BeforeEach
    void allAreRegistered() {
        for (String node : List.of("a", "b", "c", "d")) {
            registry.put(node + "-east", Loopback.free("127.0.0.1"));
            registry.put(node + "-west", Loopback.free("127.0.0.2"));
        }
    }

    @Test
    void nodesThatMoveAreFollowedWhileTheRingGoesOn() {
        try (Loopback cluster = new Loopback(directory, config("moves"))) {
            List<HaNode> nodes = startAll(cluster);
            String ring = nodes.get(0).report().ring().ring();
            InetSocketAddress moved = Loopback.free("127.0.0.3");
            registry.put("b-east", moved);
            awaitAll(() -> {
                assertThat(addressesOfB(nodes.get(0))).containsExactly(moved.toString(), at("b-west"));
                assertThat(addressesOfB(nodes.get(2))).containsExactly(moved.toString(), at("b-west"));
                assertThat(nodes.get(1).report().ring().network().bound())
                        .containsExactly(moved.toString(), at("b-west"));
                for (HaNode node : nodes) {
                    assertThat(node.report().ring().links()).allMatch(LinkSummary::up);
                }
            });
            assertThat(nodes.get(0).report().ring().ring()).isEqualTo(ring);
            assertThat(nodes.get(0).report().problems()).isEmpty();
        }
    }

    @Test
    void whatTheSourceDoesNotKnowStaysAndIsAProblem() {
        try (Loopback cluster = new Loopback(directory, config("forgets"))) {
            List<HaNode> nodes = startAll(cluster);
            String before = at("b-east");
            registry.remove("b-east");
            awaitAll(() -> assertThat(nodes.get(0).report().problems())
                    .containsExactly("address of node 2, link 0: b-east:5405 is not registered"));
            assertThat(addressesOfB(nodes.get(0))).containsExactly(before, at("b-west"));
            assertThat(nodes.get(0).report().ring().members()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void aNodeThatIsAddedIsLookedUpToo() {
        ClusterConfig config = config("grows-by-name");
        NodeSpec fourth = NodeSpec.of(4, "d", "d-east", "d-west");
        try (Loopback cluster = new Loopback(directory, config)) {
            List<HaNode> nodes = startAll(cluster);
            assertThat(nodes.get(0)
                            .admin()
                            .addNode(fourth, "Ada", "more load")
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(RequestResult.Applied.class);
            HaNode d = cluster.start(
                    looking(cluster.node("d", Loopback.with(config, fourth)).joinExisting()));
            awaitAll(() -> assertThat(d.report().ring().members()).containsExactly("a", "b", "c", "d"));
        }
    }

    @Test
    void aNodeHasToKnowItsOwnAddress() {
        registry.remove("a-east");
        Loopback cluster = new Loopback(directory, config("lost"));
        assertThatThrownBy(() -> looking(cluster.node("a")).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a-east:5405 is not registered");
        assertThatThrownBy(() -> cluster.node("a").addresses(link -> null).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no source for a-east:5405");
    }

    private static ClusterConfig config(String name) {
        ClusterConfigBuilder builder =
                ClusterConfig.named(name).authKey(AuthKey.random()).tokenTimeout(Duration.ofMillis(500));
        for (int id = 1; id <= 3; id++) {
            String node = Loopback.NAMES.get(id - 1);
            builder.node(id, node, node + "-east", node + "-west");
        }
        return builder.build();
    }

    private List<HaNode> startAll(Loopback cluster) {
        List<HaNode> nodes = Loopback.NAMES.stream()
                .map(name -> cluster.start(looking(cluster.node(name))))
                .toList();
        awaitAll(() -> {
            for (HaNode node : nodes) {
                assertThat(node.report().ring().members()).containsExactly("a", "b", "c");
                assertThat(node.report().quorum().quorate()).isTrue();
                assertThat(node.report().ring().links()).allMatch(LinkSummary::up);
            }
        });
        return nodes;
    }

    private HaNodeBuilder looking(HaNodeBuilder builder) {
        return builder.addresses(this::source).addressInterval(Duration.ofMillis(50));
    }

    private AddressSource source(LinkAddress link) {
        return () -> {
            InetSocketAddress address = registry.get(link.host());
            if (address == null) {
                throw new IOException(link + " is not registered");
            }
            return address;
        };
    }

    private String at(String host) {
        return String.valueOf(registry.get(host));
    }

    private static List<String> addressesOfB(HaNode node) {
        return node.report().ring().links().stream()
                .filter(link -> link.peer().equals("b"))
                .map(LinkSummary::address)
                .toList();
    }

    private static void awaitAll(ThrowingRunnable assertions) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertions);
    }
}
