package dev.ha4j.totem;

import dev.ha4j.api.config.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * Sizes and bounds of the protocol.
 *
 * @param idleRotationsBeforeHold rotations without news before the token is held
 *         ({@code seqno_unchanged_const}; 2: in the first the keeper learns that everybody has everything, in the second all
 *         others do)
 * @param failToReceiveRotations rotations without progress after which a member that blocks all others leaves them, if
 *         they have taken two token timeouts at least ({@code fail_recv_const}; 2,500)
 * @param maxPacketBytes payload of a packet, frame headers excluded (1,300)
 * @param maxMessageBytes largest submission (1 MiB)
 * @param laneBytes bytes that may wait in each lane (4 MiB); over UDP threads may have handed over, and the ring's thread taken, as
 *         much again
 * @param laneMessages messages that may wait in each lane (8,192); over UDP as above
 * @param storeMessages ordered messages kept for retransmission (16,384)
 * @param ringSequenceBlock ring sequences reserved at once (1,024)
 */
public record RingLimits(
        int idleRotationsBeforeHold,
        int failToReceiveRotations,
        int maxPacketBytes,
        int maxMessageBytes,
        int laneBytes,
        int laneMessages,
        int storeMessages,
        int ringSequenceBlock) {

    /** What is in brackets above. */
    public static final RingLimits DEFAULTS = new RingLimits(2, 2_500, 1_300, 1 << 20, 4 << 20, 8_192, 16_384, 1_024);

    /** With packets of another size: 256 to {@link RingConfig#MAX_PACKET_BYTES}. */
    public RingLimits withMaxPacketBytes(int value) {
        return new RingLimits(
                idleRotationsBeforeHold,
                failToReceiveRotations,
                value,
                maxMessageBytes,
                laneBytes,
                laneMessages,
                storeMessages,
                ringSequenceBlock);
    }

    /**
     * With other bounds of each lane.
     *
     * @param bytes at least {@link #maxMessageBytes()}, at most 1 GiB
     * @param messages 1 to 1,048,576
     */
    public RingLimits withLanes(int bytes, int messages) {
        return new RingLimits(
                idleRotationsBeforeHold,
                failToReceiveRotations,
                maxPacketBytes,
                maxMessageBytes,
                bytes,
                messages,
                storeMessages,
                ringSequenceBlock);
    }

    /** With more or fewer ring sequences per write to the disk; from 8. */
    public RingLimits withRingSequenceBlock(int value) {
        return new RingLimits(
                idleRotationsBeforeHold,
                failToReceiveRotations,
                maxPacketBytes,
                maxMessageBytes,
                laneBytes,
                laneMessages,
                storeMessages,
                value);
    }

    List<Violation> violations() {
        List<Violation> found = new ArrayList<>();
        RingConfig.range(found, "idleRotationsBeforeHold", idleRotationsBeforeHold, 2, 1_000_000);
        RingConfig.range(found, "failToReceiveRotations", failToReceiveRotations, 10, 1_000_000_000);
        RingConfig.range(found, "maxPacketBytes", maxPacketBytes, 256, RingConfig.MAX_PACKET_BYTES);
        RingConfig.range(found, "maxMessageBytes", maxMessageBytes, 1, RingConfig.MAX_MESSAGE_BYTES);
        RingConfig.range(found, "laneBytes", laneBytes, maxMessageBytes, 1 << 30);
        RingConfig.range(found, "laneMessages", laneMessages, 1, 1 << 20);
        RingConfig.range(found, "ringSequenceBlock", ringSequenceBlock, 8, 1 << 30);
        return found;
    }
}
