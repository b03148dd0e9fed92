package dev.ha4j.testkit.world;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Another user of the ring beside the node: sends safe messages of all sizes, which the node never hears of. */
final class RingUser {

    private static final byte[] MARK = {'n', 'o', 't', ' ', 'f', 'o', 'r', ' ', 't', 'h', 'e', ' ', 'n', 'o', 'd', 'e'};
    private static final int MAX_BYTES = 6_000;

    private RingUser() {}

    /** Up to several packets long, and never the same twice. */
    static byte[] message(SplittableRandom random) {
        byte[] bytes = new byte[MARK.length + Long.BYTES + random.nextInt(random.nextInt(8) == 0 ? MAX_BYTES : 64)];
        ByteBuffer.wrap(bytes).put(MARK).putLong(random.nextLong());
        return bytes;
    }

    static boolean isIts(byte[] payload) {
        return payload.length > MARK.length && Arrays.equals(payload, 0, MARK.length, MARK, 0, MARK.length);
    }
}
