package dev.ha4j.examples.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.SendOutcome;
import dev.ha4j.totem.netty.FileRingSequences;
import dev.ha4j.totem.netty.UdpRingConfig;
import dev.ha4j.totem.security.ClusterKey;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicatedMapTest {

    private static final ClusterKey KEY = ClusterKey.generate(new SecureRandom());

    @TempDir
    Path folder;

    @Test
    void allHaveTheSameAndANewcomerGetsIt() throws Exception {
        SortedMap<NodeId, InetSocketAddress> addresses = freeAddresses();
        try (ReplicatedMap a = join(1, addresses);
                ReplicatedMap b = join(2, addresses)) {
            for (int i = 0; i < 100; i++) {
                put(a, "shared", "a" + i);
                put(b, "shared", "b" + i);
                put(a, "a" + i, "from a");
            }
            await().untilAsserted(() -> assertThat(a.entries()).hasSize(101).isEqualTo(b.entries()));
            try (ReplicatedMap c = join(3, addresses)) {
                await().untilAsserted(() -> assertThat(c.entries()).isEqualTo(a.entries()));
                put(c, "late", "but welcome");
                await().untilAsserted(() -> assertThat(b.get("late")).contains("but welcome"));
            }
            put(b, "shared", "at last");
            await().untilAsserted(() -> assertThat(a.get("shared")).contains("at last"));
        }
    }

    @Test
    void aNewcomerGetsMoreThanAMessageOrALaneHolds() throws Exception {
        SortedMap<NodeId, InetSocketAddress> addresses = freeAddresses();
        String large = "x".repeat(30_000);
        try (ReplicatedMap a = join(1, addresses)) {
            for (int i = 0; i < 200; i++) {
                put(a, "key " + i, large + i);
            }
            try (ReplicatedMap b = join(2, addresses)) {
                await().untilAsserted(() -> assertThat(b.entries()).hasSize(200).isEqualTo(a.entries()));
            }
        }
    }

    @Test
    void theShellChangesTheMapAndShowsIt() throws Exception {
        try (ReplicatedMap map = join(1, freeAddresses())) {
            MapShell shell = new MapShell(map);
            assertThat(shell.answer("put colour dark blue")).isEqualTo("colour = dark blue");
            await().untilAsserted(() -> assertThat(shell.answer("get colour")).isEqualTo("colour = dark blue"));
            assertThat(shell.answer("list")).isEqualTo("colour = dark blue\n1 in all");
            assertThat(shell.answer("remove colour")).isEqualTo("colour is gone");
            assertThat(shell.answer("get colour")).isEqualTo("colour is not there");
            assertThat(shell.answer("what")).startsWith("put KEY VALUE");
        }
    }

    private static void put(ReplicatedMap map, String key, String value) throws Exception {
        assertThat(map.put(key, value).toCompletableFuture().get()).isEqualTo(SendOutcome.DELIVERED);
    }

    private ReplicatedMap join(int id, SortedMap<NodeId, InetSocketAddress> addresses) throws IOException {
        RingConfig ring = RingConfig.builder().nodes(addresses.keySet()).build();
        return ReplicatedMap.join(
                UdpRingConfig.of("map", NodeId.of(id), ring, addresses, KEY, new SecureRandom().nextLong()),
                FileRingSequences.open(folder.resolve("ring-" + id)),
                news -> {});
    }

    private static SortedMap<NodeId, InetSocketAddress> freeAddresses() throws IOException {
        TreeMap<NodeId, InetSocketAddress> addresses = new TreeMap<>();
        List<DatagramSocket> held = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            held.add(socket);
            addresses.put(NodeId.of(id), new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort()));
        }
        held.forEach(DatagramSocket::close);
        return addresses;
    }
}
