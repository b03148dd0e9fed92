package dev.ha4j.corosync.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.CorosyncLink;
import dev.ha4j.corosync.CorosyncListener;
import dev.ha4j.corosync.CorosyncReport;
import dev.ha4j.corosync.CpgChange;
import dev.ha4j.corosync.CpgListener;
import dev.ha4j.corosync.CpgMember;
import dev.ha4j.corosync.CpgReason;
import dev.ha4j.corosync.KnetConfig;
import dev.ha4j.corosync.KnetSecurity;
import dev.ha4j.corosync.QuorumView;
import dev.ha4j.corosync.knet.KnetFixture;
import dev.ha4j.totem.netty.FileRingSequences;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on loopback addresses of this process's own. */
class CorosyncNodeTest {

    private static final int PORT = 25_405;
    private static final String GROUP = "orders";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final TreeMap<Integer, Member> members = new TreeMap<>();

    private static final class Member implements CorosyncListener, CpgListener, AutoCloseable {
        private final List<String> delivered = new CopyOnWriteArrayList<>();
        private final List<CpgChange> changes = new CopyOnWriteArrayList<>();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final FileRingSequences sequences;
        private final CorosyncNode node;
        private volatile int votes;
        private volatile boolean left;

        Member(int id, Path folder) throws IOException {
            this(id, folder, config(id));
        }

        Member(int id, Path folder, CorosyncConfig config) throws IOException {
            sequences = FileRingSequences.open(folder.resolve("ring-" + id));
            node = CorosyncNode.start(config, sequences, this);
        }

        @Override
        public void delivered(CpgMember sender, byte[] payload) {
            delivered.add(sender.node() + " " + Arrays.hashCode(payload));
        }

        @Override
        public void changed(CpgChange change) {
            changes.add(change);
        }

        @Override
        public void left() {
            left = true;
        }

        @Override
        public void quorumChanged(QuorumView quorum) {
            votes = quorum.totalVotes();
        }

        @Override
        public void failed(String reason) {
            failures.add(reason);
        }

        int groupSize() {
            return changes.isEmpty()
                    ? 0
                    : changes.get(changes.size() - 1).members().size();
        }

        @Override
        public void close() {
            node.close();
            sequences.close();
        }
    }

    private static CorosyncConfig config(int self) throws IOException {
        TreeMap<NodeId, CorosyncConfig.Node> nodes = new TreeMap<>();
        for (int id = 1; id <= 3; id++) {
            nodes.put(NodeId.of(id), new CorosyncConfig.Node("node" + id, address(id), 1));
        }
        return CorosyncConfig.of(self, nodes).withPort(PORT).withToken(Duration.ofSeconds(1));
    }

    private static CorosyncConfig knet(int self, KnetSecurity security) throws IOException {
        TreeMap<NodeId, CorosyncConfig.Node> nodes = new TreeMap<>();
        for (int id = 1; id <= 3; id++) {
            nodes.put(NodeId.of(id), new CorosyncConfig.Node("node" + id, List.of(address(id), address(100 + id)), 1));
        }
        return CorosyncConfig.of(self, nodes, KnetConfig.of(2, security)).withToken(Duration.ofSeconds(1));
    }

    private static InetAddress address(int node) throws IOException {
        long pid = ProcessHandle.current().pid();
        return InetAddress.getByAddress(new byte[] {127, (byte) (1 + (pid >> 8) % 127), (byte) pid, (byte) node});
    }

    private Member start(int id) throws IOException {
        Member member = new Member(id, folder);
        members.put(id, member);
        return member;
    }

    @AfterEach
    void closeAll() {
        members.values().forEach(Member::close);
    }

    @Test
    void membersOfAGroupHearOneOrder() throws Exception {
        List<CpgGroup> groups = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            groups.add(start(id).node.join(GROUP, members.get(id)));
        }
        await().atMost(PATIENCE).until(() -> members.values().stream().allMatch(member -> member.groupSize() == 3));
        assertThat(members.values()).allMatch(member -> member.votes == 3);
        for (int i = 0; i < 500; i++) {
            groups.get(i % 3).send(new byte[1 + i * 17]);
        }
        await().atMost(PATIENCE)
                .until(() -> members.values().stream().allMatch(member -> member.delivered.size() == 500));
        assertThat(members.get(2).delivered).isEqualTo(members.get(1).delivered);
        assertThat(members.get(3).delivered).isEqualTo(members.get(1).delivered);
    }

    @Test
    void knetCarriesTheSameOrderEncrypted() throws Exception {
        List<CpgGroup> groups = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            Member member = new Member(id, folder, knet(id, KnetFixture.SECURE));
            members.put(id, member);
            groups.add(member.node.join(GROUP, member));
        }
        await().atMost(PATIENCE).until(() -> members.values().stream().allMatch(member -> member.groupSize() == 3));
        for (int i = 0; i < 300; i++) {
            groups.get(i % 3).send(new byte[1 + i * 300]);
        }
        await().atMost(PATIENCE)
                .until(() -> members.values().stream().allMatch(member -> member.delivered.size() == 300));
        assertThat(members.get(2).delivered).isEqualTo(members.get(1).delivered);
        assertThat(members.get(3).delivered).isEqualTo(members.get(1).delivered);
        CorosyncReport report =
                members.get(1).node.report().toCompletableFuture().get();
        assertThat(report.links())
                .hasSize(4)
                .allMatch(link -> link.connected() && link.roundTrip().isPresent())
                .allMatch(link -> link.dataBytes() == 1_409)
                .allMatch(
                        link -> link.traffic().packetsIn() > 0 && link.traffic().bytesOut() > 0);
        assertThat(report.packetBytes()).isGreaterThan(60_000);
    }

    @Test
    void reportsWhatTheRingKnows() throws Exception {
        CpgGroup group = start(1).node.join("aufträge", members.get(1));
        start(2).node.join("aufträge", members.get(2));
        await().atMost(PATIENCE).until(() -> members.values().stream().allMatch(member -> member.groupSize() == 2));
        group.send(new byte[10]);
        await().atMost(PATIENCE)
                .until(() -> members.values().stream().allMatch(member -> member.delivered.size() == 1));
        CorosyncReport report =
                members.get(1).node.report().toCompletableFuture().get();
        assertThat(report.token().timeout()).hasMillis(1_650);
        assertThat(report.token().rotations()).isPositive();
        assertThat(report.token().meanRotation())
                .isPositive()
                .isLessThanOrEqualTo(report.token().longestRotation());
        assertThat(report.sent())
                .hasEntrySatisfying("message", count -> assertThat(count).isPositive());
        assertThat(report.received())
                .hasEntrySatisfying("token", count -> assertThat(count).isPositive());
        assertThat(report.quorum().votes()).containsOnly(Map.entry(NodeId.of(1), 1), Map.entry(NodeId.of(2), 1));
        assertThat(report.quorum().highestExpected()).isEqualTo(3);
        assertThat(report.quorum().waitingForAll()).isFalse();
        assertThat(report.groups().get("aufträge"))
                .extracting(CpgMember::node)
                .containsExactly(NodeId.of(1), NodeId.of(2));
        assertThat(report.links()).extracting(CorosyncLink::connected).containsExactly(true, false);
        assertThat(report.links().get(0).traffic().packetsIn()).isPositive();
        assertThat(report.links()).allMatch(link -> link.dataBytes() == 1_472);
    }

    @Test
    void whoWaitsForAllSaysSo() throws Exception {
        QuorumOptions options = QuorumOptions.DEFAULTS.withExpectedVotes(4).withWaitForAll();
        Member member = new Member(1, folder, config(1).withQuorum(options));
        members.put(1, member);
        await().atMost(PATIENCE).until(() -> member.votes == 1);
        QuorumView quorum = member.node.report().toCompletableFuture().get().quorum();
        assertThat(quorum.quorate()).isFalse();
        assertThat(quorum.expectedVotes()).isEqualTo(4);
        assertThat(quorum.highestExpected()).isEqualTo(4);
        assertThat(quorum.twoNode()).isFalse();
        assertThat(quorum.waitForAll()).isTrue();
        assertThat(quorum.waitingForAll()).isTrue();
    }

    @Test
    void aNodeWithAnotherKeyIsNotHeard() throws Exception {
        KnetSecurity.Key other = KnetSecurity.Key.of(new byte[256]);
        KnetSecurity security = new KnetSecurity(KnetSecurity.Cipher.AES256, KnetSecurity.Hash.SHA256, other);
        Member member = new Member(1, folder, knet(1, KnetFixture.SECURE));
        members.put(1, member);
        members.put(2, new Member(2, folder, knet(2, security)));
        await().atMost(PATIENCE).untilAsserted(() -> {
            CorosyncReport report = member.node.report().toCompletableFuture().get();
            assertThat(report.counters()).containsKey("not authentic");
            assertThat(report.links()).noneMatch(CorosyncLink::connected);
        });
    }

    @Test
    void aNodeThatLeavesTakesItsProcessAlong() throws Exception {
        for (int id = 1; id <= 2; id++) {
            start(id).node.join(GROUP, members.get(id));
        }
        await().atMost(PATIENCE).until(() -> members.values().stream().allMatch(member -> member.groupSize() == 2));
        members.remove(2).close();
        await().atMost(PATIENCE).until(() -> members.get(1).groupSize() == 1);
        List<CpgChange> changes = members.get(1).changes;
        assertThat(changes.get(changes.size() - 1).left().values()).containsExactly(CpgReason.NODE_DOWN);
    }

    @Test
    void aGroupIsLeftBehindWhatWasSent() throws Exception {
        Member member = start(1);
        CpgGroup group = member.node.join(GROUP, member);
        group.send(new byte[10]);
        group.close();
        assertThatThrownBy(() -> group.send(new byte[10])).isInstanceOf(IllegalStateException.class);
        await().atMost(PATIENCE).until(() -> member.left);
        assertThat(member.delivered).hasSize(1);
        member.node.join(GROUP, member);
    }

    @Test
    void aClosedNodeSaysSo() throws Exception {
        Member member = start(1);
        CpgGroup group = member.node.join(GROUP, member);
        member.node.close();
        assertThatThrownBy(() -> group.send(new byte[10])).hasMessage("the node is closed");
        assertThatThrownBy(() -> member.node.join("others", member)).hasMessage("the node is closed");
        assertThat(member.node.report()).isCompletedExceptionally();
        member.node.close();
    }

    @Test
    void refusesWhatCantWork() throws Exception {
        Member member = start(1);
        member.node.join(GROUP, member);
        assertThatThrownBy(() -> member.node.join(GROUP, member)).hasMessageContaining("joined here already");
        assertThatThrownBy(() -> member.node.join("", member)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Member(1, folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is corosync not running");
    }

    @Test
    void countsWhatItRefuses() throws Exception {
        Member member = start(1);
        byte[] garbage = new byte[100];
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket two = new DatagramSocket(0, address(2))) {
            stranger.send(new DatagramPacket(garbage, garbage.length, address(1), PORT));
            two.send(new DatagramPacket(garbage, garbage.length, address(1), PORT));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                member.node.report().toCompletableFuture().get().counters())
                        .containsEntry("unknown address", 1L)
                        .containsEntry("no magic", 1L));
    }
}
