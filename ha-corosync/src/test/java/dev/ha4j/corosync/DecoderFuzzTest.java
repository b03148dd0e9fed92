package dev.ha4j.corosync;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ha4j.corosync.knet.KnetCodec;
import dev.ha4j.corosync.knet.KnetFixture;
import dev.ha4j.corosync.knet.KnetPacket;
import dev.ha4j.corosync.knet.PacketSeal;
import dev.ha4j.corosync.services.EngineFixture;
import dev.ha4j.corosync.srp.OrderedMessage;
import dev.ha4j.corosync.srp.SrpCodec;
import dev.ha4j.corosync.srp.SrpMessage;
import dev.ha4j.corosync.wire.Malformed;
import java.util.List;

/**
 * Whatever bytes come in, what comes out is a value or a rejection. The build tries the inputs in the resources; with
 * {@code JAZZER_FUZZ=1} in the environment, Jazzer looks for new ones.
 */
class DecoderFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aPacketIsAMessageOrARejection(byte[] packet) throws Malformed {
        SrpMessage message;
        try {
            message = SrpCodec.decode(packet);
        } catch (Malformed malformed) {
            assertThat(malformed.reason()).isNotEmpty();
            return;
        }
        if (!(message instanceof OrderedMessage)) {
            assertThat(SrpCodec.decode(SrpCodec.encode(message))).isEqualTo(message);
        }
    }

    /** Twice, for the second one may go on where the first one ended. */
    @FuzzTest(maxDuration = "10m")
    void aDeliveredPacketIsReadOrCounted(byte[] packet) {
        EngineFixture engine = new EngineFixture();
        engine.deliver(packet);
        engine.deliver(packet);
    }

    @FuzzTest(maxDuration = "10m")
    void aPacketOfKnetIsAValueOrARejection(byte[] bytes) throws Malformed {
        KnetPacket packet;
        try {
            packet = KnetCodec.decode(bytes);
        } catch (Malformed malformed) {
            assertThat(malformed.reason()).isNotEmpty();
            return;
        }
        byte[] again = KnetCodec.encode(packet);
        assertThat(KnetCodec.encode(KnetCodec.decode(again))).isEqualTo(again);
        KnetFixture knet = new KnetFixture();
        knet.receive(packet);
        knet.receive(packet);
    }

    @FuzzTest(maxDuration = "10m")
    void aSealedPacketIsOpenedOrRejected(byte[] packet) {
        for (KnetSecurity security : List.of(KnetFixture.SECURE, KnetFixture.SIGNED, KnetSecurity.NONE)) {
            try {
                assertThat(new PacketSeal(security).open(packet)).hasSizeLessThanOrEqualTo(packet.length);
            } catch (Malformed malformed) {
                assertThat(malformed.reason()).isNotEmpty();
            }
        }
    }
}
