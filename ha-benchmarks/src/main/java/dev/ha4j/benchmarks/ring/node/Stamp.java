package dev.ha4j.benchmarks.ring.node;

import java.nio.ByteBuffer;

/** The first bytes of each message: {@code sentNanos 8 | number 4 | sender 1 | last 1}. The last one of a sender ends the run. */
record Stamp(long sentNanos, int number, int sender, boolean last) {

    static final int BYTES = 14;

    byte[] message(int sizeBytes) {
        byte[] message = new byte[sizeBytes];
        ByteBuffer.wrap(message)
                .putLong(sentNanos)
                .putInt(number)
                .put((byte) sender)
                .put((byte) (last ? 1 : 0));
        return message;
    }

    static Stamp of(byte[] buffer, int offset) {
        ByteBuffer in = ByteBuffer.wrap(buffer, offset, BYTES);
        return new Stamp(in.getLong(), in.getInt(), in.get(), in.get() == 1);
    }
}
