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

    /** The size that the body of a {@link #SIZE} frame tells. */
    static OptionalInt toldSize(ByteBuffer body) {
        return body.remaining() == Integer.BYTES ? OptionalInt.of(body.getInt()) : OptionalInt.empty();
    }
}
