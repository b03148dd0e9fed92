package dev.ha4j.corosync.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.corosync.Captured;
import dev.ha4j.corosync.CpgChange;
import dev.ha4j.corosync.CpgMember;
import dev.ha4j.corosync.CpgReason;
import dev.ha4j.corosync.srp.OrderedMessage;
import dev.ha4j.quorum.Votequorum;
import dev.ha4j.quorum.VotequorumSettings;
import dev.ha4j.totem.RingId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The services of nodes in one order, without a ring below: whatever one puts into a packet, all take out. */
class EngineTest {

    private static final int PACKET_BYTES = 1_410;
    private static final int FRAGMENT_OFFSET = 4;
    private static final String GROUP = "interop";
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final TreeMap<NodeId, Node> nodes = new TreeMap<>();

    private static final class Node implements EngineEvents {
        private final NodeId id;
        private final Engine engine;
        private final List<String> heard = new ArrayList<>();
        private SortedSet<NodeId> members = new TreeSet<>();
        private Votequorum quorum;

        Node(int number) {
            id = NodeId.of(number);
            TreeMap<NodeId, Integer> votes = new TreeMap<>();
            for (int node = 1; node <= 3; node++) {
                votes.put(NodeId.of(node), 1);
            }
            VotequorumSettings settings = new VotequorumSettings(QuorumOptions.DEFAULTS, votes, 0);
            engine = new Engine(id, 100 + number, Votequorum.started(settings, id, 0), PACKET_BYTES, this);
        }

        @Override
        public void changed(String group, CpgChange change) {
            heard.add("members " + change.members() + " joined " + change.joined() + " left " + change.left());
        }

        @Override
        public void message(String group, CpgMember sender, byte[] payload) {
            heard.add(sender + " " + Arrays.hashCode(payload));
        }

        @Override
        public void closed(String group) {
            heard.add("closed");
        }

        @Override
        public void ringInstalled(RingId ring, SortedSet<NodeId> ringMembers) {}

        @Override
        public void synchronised(RingId ring, SortedSet<NodeId> ringMembers) {
            members = ringMembers;
        }

        @Override
        public void quorumChanged(Votequorum counted) {
            quorum = counted;
        }

        @Override
        public void left() {}

        @Override
        public void failed(String reason) {
            throw new AssertionError(reason);
        }
    }

    private Node node(int number) {
        return nodes.computeIfAbsent(NodeId.of(number), id -> new Node(number));
    }

    /** A new ring of these; those in {@code together} come from one old ring, the others are new. */
    private void ring(long sequence, List<Integer> together, List<Integer> numbers) {
        install(sequence, together, numbers);
        run(numbers);
    }

    private void install(long sequence, List<Integer> together, List<Integer> numbers) {
        TreeSet<NodeId> members = new TreeSet<>(numbers.stream().map(NodeId::of).toList());
        for (int number : numbers) {
            TreeSet<NodeId> stayed = new TreeSet<>();
            (together.contains(number) ? together : List.of(number)).forEach(other -> stayed.add(NodeId.of(other)));
            TreeSet<NodeId> left = new TreeSet<>(node(number).members);
            left.removeAll(stayed);
            node(number).engine.transitional(stayed, left);
        }
        for (int number : numbers) {
            node(number).engine.regular(new RingId(members.first(), sequence), members);
        }
    }

    /** Each sends a packet in its turn, which all deliver, until nobody has anything to say. */
    private void run(List<Integer> numbers) {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (int sender : numbers) {
                if (node(sender).engine.packets() > 0) {
                    busy = true;
                    deliver(sender, node(sender).engine.next(), numbers);
                }
            }
        }
    }

    private void deliver(int sender, byte[] packet, List<Integer> numbers) {
        assertThat(packet.length).isLessThanOrEqualTo(PACKET_BYTES);
        for (int receiver : numbers) {
            ByteBuffer view = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
            node(receiver).engine.delivered(NodeId.of(sender), view);
        }
    }

    private static byte[] payload(String name) {
        byte[] packet = Captured.packet(name);
        return Arrays.copyOfRange(packet, OrderedMessage.HEADER_BYTES, packet.length);
    }

    @Test
    void namesItsServicesAsCorosyncDoes() {
        Node one = node(1);
        one.engine.transitional(new TreeSet<>(), new TreeSet<>());
        one.engine.regular(new RingId(ONE, 5), new TreeSet<>(List.of(ONE)));
        byte[] named = payload("services-named");
        assertThat(one.engine.next()).isEqualTo(named);
        one.engine.delivered(ONE, ByteBuffer.wrap(named).order(ByteOrder.LITTLE_ENDIAN));
        assertThat(one.engine.next()).isEqualTo(payload("barrier"));
    }

    @Test
    void joinsAGroupAsClientsOfCorosyncDo() {
        byte[] captured = payload("group-join");
        int pid = ByteBuffer.wrap(captured).order(ByteOrder.LITTLE_ENDIAN).getInt(15 + 152);
        byte[] message = CpgCodec.change(CpgCodec.JOIN, new CpgCodec.Change(GROUP, pid, 1));
        Lane lane = new Lane(PACKET_BYTES);
        lane.add(Group.SERVICES.address(message));
        assertThat(lane.next()).isEqualTo(captured);
    }

    @Test
    void tellsItsGroupsAsCorosyncDoes() {
        byte[] captured = payload("join-list");
        int pid = ByteBuffer.wrap(captured).order(ByteOrder.LITTLE_ENDIAN).getInt(17 + 24);
        byte[] list = CpgCodec.joinList(List.of(new CpgCodec.Entry(GROUP, pid)));
        assertThat(Arrays.copyOfRange(captured, 17, 17 + list.length)).isEqualTo(list);
    }

    @Test
    void countsQuorumWithAllMembers() {
        ring(8, List.of(), List.of(1));
        assertThat(node(1).quorum.quorate()).isFalse();
        ring(12, List.of(1), List.of(1, 2, 3));
        for (int number = 1; number <= 3; number++) {
            assertThat(node(number).quorum.quorate()).isTrue();
            assertThat(node(number).quorum.verdict().votes()).isEqualTo(3);
        }
    }

    @Test
    void allMembersOfAGroupHearTheSame() {
        List<Integer> all = List.of(1, 2, 3);
        ring(8, List.of(), all);
        SplittableRandom random = new SplittableRandom(1);
        all.forEach(number -> node(number).engine.join(GROUP));
        run(all);
        for (int i = 0; i < 300; i++) {
            byte[] message = new byte[random.nextInt(random.nextInt(1, 9_000)) + 1];
            node(1 + random.nextInt(3)).engine.send(GROUP, message);
        }
        run(all);
        List<String> last = node(3).heard;
        assertThat(last).hasSize(1 + 300);
        assertThat(node(1).heard).endsWith(last.toArray(new String[0])).hasSize(3 + 300);
    }

    @Test
    void aNodeThatIsLostTakesItsProcessesAlong() {
        List<Integer> all = List.of(1, 2, 3);
        ring(8, List.of(), all);
        all.forEach(number -> node(number).engine.join(GROUP));
        run(all);
        ring(12, List.of(1, 2), List.of(1, 2));
        assertThat(node(1).heard).last().isEqualTo("members [1:101, 2:102] joined {} left {3:103=NODE_DOWN}");
        assertThat(node(2).heard)
                .last()
                .isEqualTo(node(1).heard.get(node(1).heard.size() - 1));
        ring(16, List.of(3), List.of(3));
        ring(20, List.of(1, 2), all);
        assertThat(node(1).heard)
                .last()
                .isEqualTo("members [1:101, 2:102, 3:103] joined {3:103=" + CpgReason.NODE_UP + "} left {}");
        assertThat(node(3).heard)
                .last()
                .isEqualTo("members [1:101, 2:102, 3:103] joined {1:101=NODE_UP, 2:102=NODE_UP} left {}");
    }

    @Test
    void whoLeavesAGroupHearsItToTheEnd() {
        List<Integer> both = List.of(1, 2);
        ring(8, List.of(), both);
        both.forEach(number -> node(number).engine.join(GROUP));
        run(both);
        node(1).engine.send(GROUP, new byte[10]);
        node(1).engine.leave(GROUP);
        run(both);
        assertThat(node(1).heard).last().isEqualTo("closed");
        assertThat(node(2).heard).last().isEqualTo("members [2:102] joined {} left {1:101=LEAVE}");
    }

    /** Members that did not see its beginning ignore the packet with the rest of it: nothing else may be lost with it. */
    @Test
    void theRestOfAMessageTravelsAlone() {
        ring(8, List.of(), List.of(1));
        node(1).engine.join(GROUP);
        run(List.of(1));
        node(1).engine.send(GROUP, new byte[2_000]);
        deliver(1, node(1).engine.next(), List.of(1));
        node(1).engine.send(GROUP, new byte[10]);
        ring(12, List.of(), List.of(2));
        node(2).engine.join(GROUP);
        run(List.of(2));
        ring(16, List.of(1), List.of(1, 2));
        String small = "1:101 " + Arrays.hashCode(new byte[10]);
        assertThat(node(2).heard).last().isEqualTo(small);
        assertThat(node(1).heard).last().isEqualTo(small);
        assertThat(node(1).heard).contains("1:101 " + Arrays.hashCode(new byte[2_000]));
    }

    /** What is ignored along with it could be what a newcomer waits for. */
    @Test
    void theRestOfASynchronisationTravelsAloneToo() {
        install(8, List.of(), List.of(1));
        byte[] packet;
        do {
            packet = node(1).engine.next();
            deliver(1, packet, List.of(1));
        } while (packet[FRAGMENT_OFFSET] == 0 && node(1).engine.packets() > 0);
        assertThat(packet[FRAGMENT_OFFSET]).isNotZero();
        ring(12, List.of(1), List.of(1, 2));
        for (int number = 1; number <= 2; number++) {
            assertThat(node(number).members).containsExactly(ONE, TWO);
        }
    }

    @Test
    void countsWhatItCantRead() {
        ring(8, List.of(), List.of(1, 2));
        SplittableRandom random = new SplittableRandom(7);
        for (String name : Captured.packets().keySet()) {
            byte[] packet = payloadOrNothing(name);
            for (int i = 0; i < 2_000 && packet.length > 0; i++) {
                byte[] mangled = Arrays.copyOf(packet, random.nextInt(packet.length + 1));
                for (int flips = random.nextInt(4); flips > 0 && mangled.length > 0; flips--) {
                    mangled[random.nextInt(mangled.length)] = (byte) random.nextInt();
                }
                node(1).engine.delivered(TWO, ByteBuffer.wrap(mangled).order(ByteOrder.LITTLE_ENDIAN));
            }
        }
        assertThat(node(1).engine.counters()).containsKeys("truncated", "trailing bytes");
    }

    private static byte[] payloadOrNothing(String name) {
        byte[] packet = Captured.packet(name);
        int start = Math.min(packet.length, OrderedMessage.HEADER_BYTES);
        return Arrays.copyOfRange(packet, start, packet.length);
    }
}
