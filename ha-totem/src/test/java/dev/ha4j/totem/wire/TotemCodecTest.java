package dev.ha4j.totem.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Fragment;
import dev.ha4j.totem.HoldCancel;
import dev.ha4j.totem.JoinMessage;
import dev.ha4j.totem.MergeDetect;
import dev.ha4j.totem.RecoveryMessage;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TotemMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TotemCodecTest {

    private static final RingId RING = new RingId(NodeId.of(1), 77);

    private static SortedSet<NodeId> nodes(int... ids) {
        TreeSet<NodeId> nodes = new TreeSet<>();
        Arrays.stream(ids).forEach(id -> nodes.add(NodeId.of(id)));
        return nodes;
    }

    private static CommitToken.History received(SortedSet<NodeId> obligations) {
        return new CommitToken.History(RING, 5, 4, true, obligations);
    }

    /** All members come from one ring, and have the same obligations. */
    private static CommitToken commitToken(int members, SortedSet<NodeId> obligations) {
        List<CommitToken.Entry> entries = IntStream.rangeClosed(1, members)
                .mapToObj(id -> new CommitToken.Entry(NodeId.of(id), Optional.of(received(obligations))))
                .toList();
        return new CommitToken(RING, 4, entries, nodes());
    }

    private static List<TotemMessage> samples() {
        RegularMessage regular = new RegularMessage(
                RING,
                9,
                NodeId.of(2),
                DeliveryGuarantee.SAFE,
                List.of(new Fragment(1, 0, true, new byte[0]), new Fragment(2, 3, false, new byte[] {1, 2, 3})));
        Token token = new Token(
                RING, 8, 9, 7, Optional.of(NodeId.of(3)), 4, 5, 50, Optional.empty(), 6, true, List.of(8L, 9L));
        CommitToken.History history = received(nodes(1, 65_535));
        return List.of(
                regular,
                new RecoveryMessage(new RingId(NodeId.of(1), 81), 3, NodeId.of(1), regular),
                token,
                new TokenLoan(token, NodeId.of(2)),
                new JoinMessage(NodeId.of(2), nodes(1, 2, 3), nodes(3), nodes(1), nodes(3), nodes(3), 80, false),
                new CommitToken(
                        RING,
                        4,
                        List.of(
                                new CommitToken.Entry(NodeId.of(1), Optional.of(history)),
                                new CommitToken.Entry(NodeId.of(2), Optional.empty()),
                                new CommitToken.Entry(NodeId.of(3), Optional.of(received(nodes()))),
                                new CommitToken.Entry(NodeId.of(5), Optional.of(history))),
                        nodes(4)),
                new MergeDetect(RING, NodeId.of(1)),
                new HoldCancel(RING, NodeId.of(2)));
    }

    @Test
    void messagesComeBackAsTheyWere() {
        for (TotemMessage message : samples()) {
            byte[] packet = TotemCodec.encode(message);
            DecodeResult result = TotemCodec.decode(packet);
            assertThat(result).isInstanceOf(DecodeResult.Decoded.class);
            TotemMessage back = ((DecodeResult.Decoded) result).message();
            assertThat(back).hasSameClassAs(message);
            assertThat(TotemCodec.encode(back)).isEqualTo(packet);
            assertThat(back).usingRecursiveComparison().isEqualTo(message);
        }
    }

    @Test
    void sizesAreAsAnnounced() {
        RegularMessage one = new RegularMessage(
                RING, 1, NodeId.of(1), DeliveryGuarantee.AGREED, List.of(new Fragment(1, 0, true, new byte[10])));
        assertThat(TotemCodec.encode(one))
                .hasSize(TotemCodec.REGULAR_HEADER_BYTES + TotemCodec.FRAGMENT_HEADER_BYTES + 10);
    }

    @Test
    void obligationsThatAllHaveAreWrittenOnce() {
        int members = RingConfig.MAX_NODES;
        SortedSet<NodeId> all = nodes(IntStream.rangeClosed(1, members).toArray());
        int without = TotemCodec.encode(commitToken(members, nodes())).length;
        assertThat(TotemCodec.encode(commitToken(members, all))).hasSize(without + 2 * members);
    }

    @Test
    void obligationsThatAreWrittenTwiceAreRejected() {
        byte[] packet = TotemCodec.encode(commitToken(2, nodes()));
        int secondSet = packet.length - 4; // before the empty list of good-byes, and nothing is left to follow
        packet[secondSet + 1] = 1;
        byte[] longer = Arrays.copyOf(packet, packet.length + 2);
        assertThat(TotemCodec.decode(longer)).isEqualTo(new DecodeResult.Rejected("the same nodes twice"));
        packet[secondSet + 1] = 2;
        assertThat(TotemCodec.decode(packet)).isEqualTo(new DecodeResult.Rejected("unknown set of nodes"));
    }

    @Test
    void otherVersionsAreRejected() {
        byte[] packet = TotemCodec.encode(samples().get(0));
        packet[0] = TotemCodec.FORMAT_VERSION - 1;
        assertThat(TotemCodec.decode(packet)).isEqualTo(new DecodeResult.Rejected("unknown version"));
    }

    @Test
    void cutPacketsAreRejected() {
        for (TotemMessage message : samples()) {
            byte[] packet = TotemCodec.encode(message);
            for (int length = 0; length < packet.length; length++) {
                assertThat(TotemCodec.decode(Arrays.copyOf(packet, length))).isInstanceOf(DecodeResult.Rejected.class);
            }
            assertThat(TotemCodec.decode(Arrays.copyOf(packet, packet.length + 1)))
                    .isEqualTo(new DecodeResult.Rejected("trailing bytes"));
        }
    }

    @Test
    void anyBytesGiveAValueAndWhatIsAcceptedIsCanonical() {
        SplittableRandom random = new SplittableRandom(42);
        List<byte[]> packets = samples().stream().map(TotemCodec::encode).toList();
        long accepted = Stream.generate(() -> mutated(packets, random))
                .limit(200_000)
                .filter(TotemCodecTest::isCanonicalIfAccepted)
                .count();
        assertThat(accepted).isPositive();
    }

    private static boolean isCanonicalIfAccepted(byte[] packet) {
        if (TotemCodec.decode(packet) instanceof DecodeResult.Decoded decoded) {
            assertThat(Arrays.equals(TotemCodec.encode(decoded.message()), packet))
                    .isTrue();
            return true;
        }
        return false;
    }

    private static byte[] mutated(List<byte[]> packets, SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            if (noise.length > 1) {
                noise[0] = TotemCodec.FORMAT_VERSION;
                noise[1] = (byte) random.nextInt(8);
            }
            return noise;
        }
        byte[] packet = packets.get(random.nextInt(packets.size())).clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
        }
        return packet;
    }
}
