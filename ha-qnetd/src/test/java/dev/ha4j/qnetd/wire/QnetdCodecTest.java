package dev.ha4j.qnetd.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QnetdCodecTest {

    private static final QnetdMessage LIST = QnetdMessage.of(MessageType.NODE_LIST)
            .with32(Option.SEQUENCE, 7)
            .with8(Option.NODE_LIST_TYPE, NodeListType.MEMBERSHIP.code())
            .withRing(new RingId(1, 0x1_0000_0002L))
            .withTieBreaker(TieRule.node(2))
            .withText(Option.CLUSTER_NAME, "orders")
            .withNodes(List.of(NodeEntry.member(1), NodeEntry.of(2)));

    @Test
    void messagesSurviveTheWire() {
        assertThat(QnetdCodec.decode(QnetdCodec.encode(LIST))).isEqualTo(new Decoded.Value(LIST));
    }

    @Test
    void bytesAreThoseOfTheReference() {
        QnetdMessage echo = QnetdMessage.of(MessageType.ECHO_REQUEST).with32(Option.SEQUENCE, 3);
        assertThat(QnetdCodec.encode(echo)).containsExactly(0, 8, 0, 0, 0, 8, 0, 0, 0, 4, 0, 0, 0, 3);
    }

    @Test
    void unknownOptionsAreSkipped() {
        byte[] bytes = ByteBuffer.allocate(19)
                .put(new byte[] {0, 8, 0, 0, 0, 13})
                .put(new byte[] {0, 99, 0, 1, 5})
                .put(new byte[] {0, 0, 0, 4, 0, 0, 0, 3})
                .array();
        assertThat(QnetdCodec.decode(bytes))
                .isEqualTo(new Decoded.Value(
                        QnetdMessage.of(MessageType.ECHO_REQUEST).with32(Option.SEQUENCE, 3)));
    }

    @Test
    void nestedEntriesAreRefusedAtAnyDepth() {
        byte[] inner = new byte[0];
        for (int depth = 0; depth < 4_000; depth++) {
            inner = ByteBuffer.allocate(inner.length + 4)
                    .putShort((short) Option.NODE_INFO.code())
                    .putShort((short) inner.length)
                    .put(inner)
                    .array();
        }
        byte[] bytes = ByteBuffer.allocate(inner.length + 6)
                .putShort((short) MessageType.NODE_LIST.code())
                .putInt(inner.length)
                .put(inner)
                .array();
        assertThat(QnetdCodec.decode(bytes)).isInstanceOf(Decoded.Rejected.class);
    }

    @Test
    void damagedBytesGiveAMessageOrARejection() {
        SplittableRandom random = new SplittableRandom(11);
        byte[] whole = QnetdCodec.encode(LIST);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 4));
            for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThat(QnetdCodec.decode(damaged)).isNotNull();
        }
    }
}
