package dev.ha4j.corosync.knet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.Captured;
import dev.ha4j.corosync.knet.KnetPacket.Fragment;
import dev.ha4j.corosync.knet.KnetPacket.Ping;
import dev.ha4j.corosync.knet.KnetPacket.SizeProbe;
import dev.ha4j.corosync.knet.KnetPacket.SizeReply;
import dev.ha4j.corosync.srp.SrpCodec;
import dev.ha4j.corosync.wire.Malformed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnetCodecTest {

    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    @ParameterizedTest
    @ValueSource(
            strings = {"ping", "pong", "pong-of-link-1", "size-reply", "join", "commit-token", "token", "last-of-eleven"
            })
    void whatADaemonSentIsEncodedAlike(String name) throws Malformed {
        byte[] packet = Captured.knetPacket(name);
        assertThat(KnetCodec.encode(KnetCodec.decode(packet))).isEqualTo(packet);
    }

    @Test
    void readsWhatADaemonSent() throws Malformed {
        assertThat(KnetCodec.decode(Captured.knetPacket("ping")))
                .isEqualTo(new Ping(TWO, 0, 0x04c9000000000000L, 0xcd76680200000000L, 0, true));
        assertThat(KnetCodec.decode(Captured.knetPacket("size-probe"))).isEqualTo(new SizeProbe(TWO, 0, 0xdc05));
        assertThat(KnetCodec.decode(Captured.knetPacket("size-reply"))).isEqualTo(new SizeReply(ONE, 0, 0xdc05));
        assertThat(KnetCodec.decode(Captured.knetPacket("last-of-eleven")))
                .isInstanceOfSatisfying(Fragment.class, fragment -> {
                    assertThat(fragment.sequence()).isEqualTo(0x150);
                    assertThat(fragment.count()).isEqualTo(11);
                    assertThat(fragment.number()).isEqualTo(11);
                    assertThat(fragment.multicast()).isTrue();
                });
    }

    @Test
    void answersAsADaemonDid() throws Malformed {
        Ping ping = (Ping) KnetCodec.decode(Captured.knetPacket("ping"));
        assertThat(KnetCodec.encode(ping.answeredBy(ONE))).isEqualTo(Captured.knetPacket("pong"));
        SizeProbe probe = (SizeProbe) KnetCodec.decode(Captured.knetPacket("size-probe"));
        assertThat(KnetCodec.encode(probe.answeredBy(ONE))).isEqualTo(Captured.knetPacket("size-reply"));
    }

    /** The ring's message inside names its target, where a daemon over udpu has none. */
    @ParameterizedTest
    @ValueSource(strings = {"commit-token", "token"})
    void aTokenNamesItsTarget(String name) throws Malformed {
        Fragment fragment = (Fragment) KnetCodec.decode(Captured.knetPacket(name));
        assertThat(SrpCodec.encode(SrpCodec.decode(fragment.content()), TWO)).isEqualTo(fragment.content());
    }

    @ParameterizedTest
    @CsvSource({
        "ping, 0, 2, unknown version of knet",
        "ping, 1, 133, unknown type of knet",
        "ping, 3, 0, node id 0",
        "ping, 6, 8, link out of range",
        "join, 8, 1, compressed",
        "join, 11, 0, fragment out of range",
        "join, 12, 2, fragment out of range",
        "last-of-eleven, 12, 0, fragment out of range",
        "join, 13, 1, other channel of knet"
    })
    void refusesWhatItCantRead(String name, int offset, int value, String reason) {
        byte[] packet = Captured.knetPacket(name);
        packet[offset] = (byte) value;
        assertThatThrownBy(() -> KnetCodec.decode(packet))
                .isInstanceOf(Malformed.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "pong", "size-reply"})
    void refusesWhatIsTruncated(String name) {
        byte[] packet = Captured.knetPacket(name);
        for (int length = 0; length < packet.length; length++) {
            byte[] truncated = Arrays.copyOf(packet, length);
            assertThatThrownBy(() -> KnetCodec.decode(truncated)).isInstanceOf(Malformed.class);
        }
    }
}
