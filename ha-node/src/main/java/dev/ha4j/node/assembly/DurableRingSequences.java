package dev.ha4j.node.assembly;

import dev.ha4j.runtime.Disk;
import dev.ha4j.totem.RingSequences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ring sequences reserved in a small checksummed file that is replaced as a whole. */
final class DurableRingSequences implements RingSequences {

    static final String FILE = "ring-sequence";
    private static final String NEW_FILE = "ring-sequence.new";
    private static final int FORMAT = 1;
    private static final int LENGTH = Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final Logger LOG = LoggerFactory.getLogger(DurableRingSequences.class);

    private final Disk disk;
    private final Executor diskExecutor;
    private final Executor ringLoop;
    private volatile long reserved;

    /**
     * Nothing is read yet.
     *
     * @param ringLoop where callbacks go
     */
    DurableRingSequences(Disk disk, Executor diskExecutor, Executor ringLoop) {
        this.disk = disk;
        this.diskExecutor = diskExecutor;
        this.ringLoop = ringLoop;
    }

    /**
     * Reads what earlier lives reserved. Called on the disk's executor, before the ring starts.
     *
     * @throws IOException if it can't be read, or is damaged: then no ring may be formed, for its id could be an old one
     */
    void load() throws IOException {
        Optional<byte[]> content = disk.read(FILE);
        if (content.isPresent()) {
            reserved = decode(content.get());
        }
    }

    @Override
    public long reservedUpTo() {
        return reserved;
    }

    @Override
    public void reserve(long upTo, Consumer<Boolean> done) {
        diskExecutor.execute(() -> {
            boolean stored = store(upTo);
            ringLoop.execute(() -> done.accept(stored));
        });
    }

    private boolean store(long upTo) {
        try {
            disk.delete(NEW_FILE);
            disk.append(NEW_FILE, encode(upTo));
            disk.force(NEW_FILE);
            disk.rename(NEW_FILE, FILE);
            disk.forceNames();
            return true;
        } catch (IOException | UncheckedIOException e) {
            LOG.error("ring sequences up to {} can't be stored", upTo, e);
            return false;
        }
    }

    private static byte[] encode(long upTo) {
        byte[] content = new byte[LENGTH];
        ByteBuffer buffer = ByteBuffer.wrap(content).putInt(FORMAT).putLong(upTo);
        buffer.putInt(checksum(content));
        return content;
    }

    private static long decode(byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        if (content.length != LENGTH
                || buffer.getInt(LENGTH - Integer.BYTES) != checksum(content)
                || buffer.getInt(0) != FORMAT) {
            throw new IOException(
                    FILE + " is damaged or of a newer format. Start with an empty state directory: the node"
                            + " then fetches all it needs from the others");
        }
        return buffer.getLong(Integer.BYTES);
    }

    private static int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, LENGTH - Integer.BYTES);
        return (int) crc.getValue();
    }
}
