package dev.ha4j.corosync;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ha4j.corosync.services.EngineFixture;
import dev.ha4j.corosync.srp.OrderedMessage;
import dev.ha4j.corosync.srp.SrpCodec;
import dev.ha4j.corosync.srp.SrpMessage;
import dev.ha4j.corosync.wire.Malformed;

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
}
