package dev.ha4j.examples.demo.judge;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One thing that a leader did, as it travels to the judge.
 *
 * @param token of the term in which it was done
 * @param node number of the node that did it
 * @param pid process that did it
 * @param sequence rises by one with each act of a process
 * @param sentNanos {@link System#nanoTime} when it was sent; one clock for all processes of a Linux machine
 */
public record Act(long token, int node, long pid, long sequence, long sentNanos) {

    /** Size of an encoded act. */
    public static final int BYTES = 40;

    private static final int MAGIC = 0x48413431;

    /** Writes this act at the buffer's position. */
    public void writeTo(ByteBuffer buffer) {
        buffer.putInt(MAGIC)
                .putInt(node)
                .putLong(token)
                .putLong(pid)
                .putLong(sequence)
                .putLong(sentNanos);
    }

    /** Reads what the buffer holds; empty if that is no act. */
    public static Optional<Act> read(ByteBuffer buffer) {
        if (buffer.remaining() != BYTES || buffer.getInt() != MAGIC) {
            return Optional.empty();
        }
        int node = buffer.getInt();
        return Optional.of(new Act(buffer.getLong(), node, buffer.getLong(), buffer.getLong(), buffer.getLong()));
    }
}
