package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ha4j.api.NodeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Behind the seal: what a node that has the key may send, ring messages, probes and parts alike. The build tries the inputs in the
 * resources; with {@code JAZZER_FUZZ=1} in the environment, Jazzer looks for new ones.
 */
class FrameFuzzTest {

    private static final int MAX_MESSAGE_BYTES = 2_000;

    /** The input is frames of {@code length 1 | bytes}: one of them may need what another left behind. */
    @FuzzTest(maxDuration = "10m")
    void noFrameEndsARing(byte[] input) {
        Insider insider = new Insider();
        List<byte[]> frames = split(input);
        frames.forEach(insider::send);
        assertThat(insider.ends()).isEmpty();
        assertThat(insider.report().security().opened()).isEqualTo(frames.size());
    }

    /** Each part as above, from two senders in turn. */
    @FuzzTest(maxDuration = "10m")
    void partsMakeABoundedMessageOrNone(byte[] input) {
        Parts parts = new Parts(MAX_MESSAGE_BYTES);
        int turn = 0;
        for (byte[] part : split(input)) {
            parts.add(NodeId.of(1 + turn++ % 2), ByteBuffer.wrap(part))
                    .ifPresent(whole -> assertThat(whole.remaining()).isBetween(1, MAX_MESSAGE_BYTES));
        }
    }

    private static List<byte[]> split(byte[] input) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < input.length) {
            int begin = at + 1;
            at = Math.min(input.length, begin + Byte.toUnsignedInt(input[at]));
            pieces.add(Arrays.copyOfRange(input, begin, at));
        }
        return pieces;
    }
}
