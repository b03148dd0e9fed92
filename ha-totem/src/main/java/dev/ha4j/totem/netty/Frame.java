package dev.ha4j.totem.netty;

import java.util.Arrays;

/** First byte of each plaintext: what the rest is. */
final class Frame {

    static final byte PROBE = 0;
    static final byte PROBE_REQUEST = 1;
    static final byte MESSAGE = 2;

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

    static byte[] message(byte[] encoded) {
        byte[] frame = new byte[encoded.length + 1];
        frame[0] = MESSAGE;
        System.arraycopy(encoded, 0, frame, 1, encoded.length);
        return frame;
    }

    static byte[] body(byte[] frame) {
        return Arrays.copyOfRange(frame, 1, frame.length);
    }
}
