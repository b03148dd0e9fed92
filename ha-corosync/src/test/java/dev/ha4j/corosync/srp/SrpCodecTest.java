package dev.ha4j.corosync.srp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.Captured;
import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.totem.RingId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SrpCodecTest {

    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final int TARGET_OFFSET = 9;
    private static final int MUTATIONS = 20_000;

    static Stream<String> names() {
        return Captured.packets().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void writesWhatCorosyncWrites(String name) throws Malformed {
        byte[] packet = withoutTarget(Captured.packet(name));
        assertThat(SrpCodec.encode(SrpCodec.decode(packet))).isEqualTo(packet);
    }

    /** The field means nothing over udpu, and has what happened to be there. */
    private static byte[] withoutTarget(byte[] packet) {
        Arrays.fill(packet, TARGET_OFFSET, TARGET_OFFSET + 4, (byte) 0);
        return packet;
    }

    @Test
    void ownMessagesLookLikeCorosyncs() throws Malformed {
        byte[] captured = withoutTarget(Captured.packet("barrier"));
        byte[] payload = Arrays.copyOfRange(captured, OrderedMessage.HEADER_BYTES, captured.length);
        assertThat(SrpCodec.ordered(ONE, new RingId(ONE, 5), 6, 5, false, payload)
                        .packet())
                .isEqualTo(captured);
    }

    @Test
    void readsToken() throws Malformed {
        Token token = (Token) SrpCodec.decode(Captured.packet("token-requests"));
        assertThat(token.sequence()).isEqualTo(0x33f);
        assertThat(token.receivedUpTo()).isEqualTo(0x299);
        assertThat(token.loweredBy()).contains(ONE);
        assertThat(token.requests()).hasSize(16).first().isEqualTo(new Token.Request(new RingId(ONE, 0x1a), 0x29a));
    }

    @Test
    void readsGoodBye() throws Malformed {
        assertThat(SrpCodec.decode(Captured.packet("leave")))
                .isEqualTo(new JoinMessage(TWO, Sets.of(ONE), Sets.of(TWO), 9, true));
    }

    @Test
    void readsCommitToken() throws Malformed {
        CommitToken token = (CommitToken) SrpCodec.decode(Captured.packet("commit-token"));
        assertThat(token.filled()).isEqualTo(1);
        assertThat(token.entries())
                .containsExactly(
                        new CommitToken.Entry(
                                ONE, Optional.of(new CommitToken.History(new RingId(ONE, 5), 9, 9, true))),
                        new CommitToken.Entry(TWO, Optional.empty()));
    }

    @Test
    void readsTheOtherByteOrder() throws Malformed {
        ByteBuffer packet = ByteBuffer.allocate(25).order(ByteOrder.BIG_ENDIAN);
        packet.putShort((short) 0xc070).put((byte) 3).put((byte) 5).put((byte) 0);
        packet.putInt(2).putInt(0).putInt(1).putLong(77).flip();
        assertThat(SrpCodec.decode(packet)).isEqualTo(new HoldCancel(TWO, new RingId(ONE, 77)));
    }

    @Test
    void roundTripsJoinsOfAllSizes() throws Malformed {
        for (int size : List.of(1, 2, 3, 64, SrpCodec.MAX_NODES)) {
            SortedSet<NodeId> nodes = Sets.copy(
                    IntStream.rangeClosed(1, size).mapToObj(NodeId::of).toList());
            JoinMessage join = new JoinMessage(ONE, nodes, nodes, 1L << 40, false);
            assertThat(SrpCodec.decode(SrpCodec.encode(join))).isEqualTo(join);
        }
    }

    /** What is behind the header of an ordered message is for others to judge. */
    @ParameterizedTest
    @MethodSource("names")
    void refusesTruncatedPackets(String name) throws Malformed {
        byte[] packet = Captured.packet(name);
        boolean ordered = SrpCodec.decode(packet) instanceof OrderedMessage;
        int end = ordered ? OrderedMessage.HEADER_BYTES : packet.length;
        for (int length = 0; length < end; length++) {
            byte[] truncated = Arrays.copyOf(packet, length);
            assertThatThrownBy(() -> SrpCodec.decode(truncated)).isInstanceOf(Malformed.class);
        }
        if (!ordered) {
            byte[] longer = Arrays.copyOf(packet, packet.length + 1);
            assertThatThrownBy(() -> SrpCodec.decode(longer)).isInstanceOf(Malformed.class);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void survivesGarbage(String name) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        byte[] original = Captured.packet(name);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] packet = Arrays.copyOf(original, Math.min(original.length, 128));
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            }
            decodeOrRefuse(packet);
        }
    }

    private static void decodeOrRefuse(byte[] packet) {
        try {
            assertThat(SrpCodec.decode(packet)).isNotNull();
        } catch (Malformed malformed) {
            assertThat(malformed.reason()).isNotEmpty();
        }
    }
}
