package dev.ha4j.totem.netty;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** First byte of each plaintext: what the rest is. */
final class Frame {

    static final byte PROBE = 0;
    static final byte PROBE_REQUEST = 1;
    static final byte MESSAGE = 2;

    /** As long as the datagram that is asked about. */
    static final byte SIZE_REQUEST = 3;

    /** {@code size 4}: so many bytes have arrived. */
    static final byte SIZE = 4;

    /** {@code link 1 | the sender's time 8}, to be sent back on the same link. */
    static final byte PING = 5;

    /** A ping that came back. */
    static final byte PONG = 6;

    /** As a ping, to the link's multicast group, and as long as datagrams may be. */
    static final byte GROUP_PING = 7;

    /** A group ping that came back, to its sender alone. */
    static final byte GROUP_PONG = 8;

    /** A part of a {@link #MESSAGE} that is too large for the way; see {@link Parts}. */
    static final byte PART = 9;

    private static final int PING_BODY_BYTES = 1 + Long.BYTES;

    /** Says only that its sender is alive. */
    private static final byte[] PROBE_FRAME = {PROBE};

    /** Asks for a {@link #PROBE} at once. */
    private static final byte[] REQUEST_FRAME = {PROBE_REQUEST};

    private Frame() {}

    static byte[] probe() {
        return PROBE_FRAME;
    }

    static byte[] probeRequest() {
        return REQUEST_FRAME;
    }

    static byte[] sizeRequest(int length) {
        byte[] frame = new byte[length];
        frame[0] = SIZE_REQUEST;
        return frame;
    }

    static byte[] size(int bytes) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(SIZE).putInt(bytes).array();
    }

    static byte[] ping(int link, long nanos) {
        return ByteBuffer.allocate(1 + PING_BODY_BYTES)
                .put(PING)
                .put((byte) link)
                .putLong(nanos)
                .array();
    }

    static byte[] groupPing(int link, long nanos, int length) {
        byte[] frame = new byte[length];
        ByteBuffer.wrap(frame).put(GROUP_PING).put((byte) link).putLong(nanos);
        return frame;
    }

    /** Answers a ping, or a group ping. */
    static byte[] pong(byte kind, ByteBuffer body) {
        byte[] frame = new byte[1 + PING_BODY_BYTES];
        frame[0] = kind;
        body.get(frame, 1, PING_BODY_BYTES);
        return frame;
    }

    static boolean isPing(ByteBuffer body) {
        return body.remaining() == PING_BODY_BYTES;
    }

    static boolean isGroupPing(ByteBuffer body) {
        return body.remaining() >= PING_BODY_BYTES;
    }

    /** The size that the body of a {@link #SIZE} frame tells. */
    static OptionalInt toldSize(ByteBuffer body) {
        return body.remaining() == Integer.BYTES ? OptionalInt.of(body.getInt()) : OptionalInt.empty();
    }
}
