package dev.ha4j.totem.netty;

import dev.ha4j.totem.RingSequences;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ring sequences in a file, for a ring on its own: 8 bytes, replaced as a whole and forced to disk on a thread of its own. The file
 * belongs to one node, and has to outlive it: without it a restarted node could use the name of an old ring again.
 */
public final class FileRingSequences implements RingSequences, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileRingSequences.class);

    private final Path file;
    private final long reservedUpTo;
    private final ExecutorService disk = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "ha4j-ring-sequences");
        thread.setDaemon(true);
        return thread;
    });

    private FileRingSequences(Path file, long reservedUpTo) {
        this.file = file;
        this.reservedUpTo = reservedUpTo;
    }

    /**
     * Reads the file; a missing one is a node that has never run.
     *
     * @throws IOException if the file can't be read, or is no such file
     */
    public static FileRingSequences open(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new FileRingSequences(file, 0);
        }
        byte[] content = Files.readAllBytes(file);
        if (content.length != Long.BYTES) {
            throw new IOException(
                    file + " holds no ring sequence: it has " + content.length + " bytes, not " + Long.BYTES);
        }
        return new FileRingSequences(file, ByteBuffer.wrap(content).getLong());
    }

    @Override
    public long reservedUpTo() {
        return reservedUpTo;
    }

    @Override
    public void reserve(long upTo, Consumer<Boolean> done) {
        try {
            disk.execute(() -> done.accept(write(upTo)));
        } catch (RejectedExecutionException e) {
            done.accept(false);
        }
    }

    private boolean write(long upTo) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(ByteBuffer.allocate(Long.BYTES).putLong(upTo).flip());
            out.force(true);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error("ring sequences can't be stored in {}", file, e);
            return false;
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Ends the thread; what is asked later is refused. */
    @Override
    public void close() {
        disk.shutdown();
    }
}
