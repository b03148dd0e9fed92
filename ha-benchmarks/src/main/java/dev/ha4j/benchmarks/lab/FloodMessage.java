package dev.ha4j.benchmarks.lab;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One message of a flood: who sends it in which life, which of his it is, filling, and a checksum over all of that. A mark has
 * the sender 0: at it everybody says what was delivered so far.
 */
record FloodMessage(int sender, long life, long number) {

    static final int MARK = 0;

    private static final int BYTES = Integer.BYTES + 2 * Long.BYTES;
    private static final int FILLING_BYTES = 150;

    static FloodMessage mark(long number) {
        return new FloodMessage(MARK, 0, number);
    }

    byte[] bytes() {
        byte[] bytes = new byte[BYTES + FILLING_BYTES + Integer.BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).putInt(sender).putLong(life).putLong(number);
        for (int i = 0; i < FILLING_BYTES; i++) {
            buffer.put((byte) (number * 31 + i));
        }
        buffer.putInt(checksum(bytes));
        return bytes;
    }

    /** Empty if a byte of it is not as it was sent. */
    static Optional<FloodMessage> read(byte[] bytes) {
        if (bytes.length != BYTES + FILLING_BYTES + Integer.BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        FloodMessage message = new FloodMessage(buffer.getInt(), buffer.getLong(), buffer.getLong());
        return buffer.getInt(bytes.length - Integer.BYTES) == checksum(bytes) ? Optional.of(message) : Optional.empty();
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) checksum.getValue();
    }
}
