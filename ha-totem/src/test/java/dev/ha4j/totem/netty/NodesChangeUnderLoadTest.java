package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.RejectReason;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes and addresses change while a ring on sockets is busy. */
@Timeout(60)
@ParameterizedClass
@MethodSource("dev.ha4j.totem.netty.Carriage#plain")
class NodesChangeUnderLoadTest {

    @Parameter
    private Carriage carriage;

    private static final Duration POLL = Duration.ofMillis(5);

    @Test
    void aNodeIsAddedAtTheCostOfNoMessageAndNoToken() throws Exception {
        SortedMap<NodeId, List<InetSocketAddress>> all = ChangingCluster.addresses(4, "127.0.0.1");
        try (ChangingCluster cluster = started("added", without(all, 4), 3)) {
            int configurations = cluster.recorder(1).configurations.size();
            cluster.send(3, 1_000);
            cluster.change(all, 1, 2, 3);
            cluster.send(3, 1_000);
            cluster.start(4, all);
            cluster.awaitMembers("1 2 3 4", 1, 2, 3, 4);
            cluster.send(3, 1_000);
            cluster.requireAll(1, 2, 3);
            assertThat(cluster.recorder(1).configurations).hasSize(configurations + 1);
            for (int id = 1; id <= 3; id++) {
                assertThat(cluster.report(id).ring().counters()).doesNotContainKey("token lost");
            }
            List<String> seenByTheNewOne = cluster.recorder(4).payloads();
            assertThat(cluster.recorder(1).payloads()).endsWith(seenByTheNewOne.toArray(new String[0]));
        }
    }

    @Test
    void aNodeThatIsRemovedWhileItLivesIsRefusedAndCounted() throws Exception {
        SortedMap<NodeId, List<InetSocketAddress>> all = ChangingCluster.addresses(3, "127.0.0.1");
        try (ChangingCluster cluster = started("removed", all, 3)) {
            cluster.send(2, 1_000);
            cluster.change(without(all, 3), 1, 2);
            cluster.awaitMembers("1 2", 1, 2);
            cluster.send(2, 1_000);
            cluster.requireAll(1, 2);
            await().pollInterval(POLL)
                    .untilAsserted(() -> assertThat(cluster.report(1).security().removedPeers())
                            .hasEntrySatisfying(
                                    NodeId.of(3), refused -> assertThat(refused).isPositive()));
            assertThat(cluster.report(1).security().rejected().get(RejectReason.REMOVED_SENDER))
                    .isPositive();
            assertThat(cluster.report(1).links()).noneMatch(link -> link.peer().equals(NodeId.of(3)));

            cluster.change(all, 1, 2);
            cluster.awaitMembers("1 2 3", 1, 2, 3);
        }
    }

    @Test
    void linksAreAddedMovedAndRemovedWithoutALossOrAChangeOfMembers() throws Exception {
        SortedMap<NodeId, List<InetSocketAddress>> first = ChangingCluster.addresses(3, "127.0.0.1");
        SortedMap<NodeId, List<InetSocketAddress>> second = ChangingCluster.addresses(3, "127.0.0.2");
        SortedMap<NodeId, List<InetSocketAddress>> both = joined(first, second);
        try (ChangingCluster cluster = started("moved", first, 3)) {
            int configurations = cluster.recorder(1).configurations.size();
            cluster.send(3, 1_000);
            cluster.change(both, 1, 2, 3);
            awaitLinks(cluster, 4);

            cluster.send(3, 1_000);
            cluster.change(second, 3, 1, 2);
            awaitLinks(cluster, 2);
            cluster.send(3, 1_000);
            cluster.requireAll(1, 2, 3);
            assertThat(cluster.recorder(1).configurations).hasSize(configurations);
            for (InetSocketAddress old : first.get(NodeId.of(1))) {
                try (DatagramSocket free = new DatagramSocket(old)) {
                    assertThat(free.isBound()).isTrue();
                }
            }
        }
    }

    @Test
    void whatCanNotBeOpenedChangesNothing() throws Exception {
        SortedMap<NodeId, List<InetSocketAddress>> all = ChangingCluster.addresses(2, "127.0.0.1");
        try (ChangingCluster cluster = started("refused", all, 2);
                DatagramSocket taken = new DatagramSocket(ChangingCluster.free("127.0.0.2"))) {
            SortedMap<NodeId, List<InetSocketAddress>> moved = new TreeMap<>(all);
            moved.put(NodeId.of(1), List.of(new InetSocketAddress(taken.getLocalAddress(), taken.getLocalPort())));
            assertThatThrownBy(() -> cluster.change(moved, 1))
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("can't bind");
            assertThatThrownBy(() -> cluster.change(without(all, 1), 1))
                    .hasCauseInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("node 1");
            assertThat(cluster.report(1).links())
                    .singleElement()
                    .satisfies(link -> assertThat(link.address())
                            .isEqualTo(all.get(NodeId.of(2)).get(0)));
            cluster.send(2, 100);
            cluster.requireAll(1, 2);
        }
    }

    private ChangingCluster started(String name, SortedMap<NodeId, List<InetSocketAddress>> addresses, int nodes)
            throws IOException {
        ChangingCluster cluster = new ChangingCluster(name, carriage);
        StringBuilder members = new StringBuilder("1");
        for (int id = 1; id <= nodes; id++) {
            cluster.start(id, addresses);
            members.append(id == 1 ? "" : " " + id);
        }
        int[] all = IntStream.rangeClosed(1, nodes).toArray();
        cluster.awaitMembers(members.toString(), all);
        return cluster;
    }

    private static void awaitLinks(ChangingCluster cluster, int links) {
        await().atMost(Duration.ofSeconds(20)).pollInterval(POLL).untilAsserted(() -> {
            for (int id = 1; id <= 3; id++) {
                assertThat(cluster.report(id).links()).hasSize(links).allMatch(LinkReport::up);
            }
        });
    }

    private static SortedMap<NodeId, List<InetSocketAddress>> without(
            SortedMap<NodeId, List<InetSocketAddress>> all, int id) {
        SortedMap<NodeId, List<InetSocketAddress>> others = new TreeMap<>(all);
        others.remove(NodeId.of(id));
        return others;
    }

    private static SortedMap<NodeId, List<InetSocketAddress>> joined(
            SortedMap<NodeId, List<InetSocketAddress>> first, SortedMap<NodeId, List<InetSocketAddress>> second) {
        SortedMap<NodeId, List<InetSocketAddress>> both = new TreeMap<>();
        first.forEach(
                (id, links) -> both.put(id, List.of(links.get(0), second.get(id).get(0))));
        return both;
    }
}
